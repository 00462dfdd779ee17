import { until } from '@darkroom/testing';
import { type NotificationStack, otherHostOf } from './notification-stack.ts';

/** Nobody listens there, and no system gives this port out: each connection is refused. */
export const deadOrigin = 'http://127.0.0.1:1';

/**
 * Gives each account a receiver in trouble: that of the account without a key is dead, that of `beta` (`/slow`) answers just in time, and that
 * of `alpha` (`/never`) never does. The latter two have more notifications than they get at once. Resolves when the dead one has refused all.
 */
export async function occupyReceivers(side: NotificationStack): Promise<void> {
  const { receiver } = side;
  receiver.answer('/slow', { status: 204, afterMs: 14_000 });
  receiver.answer('/never', undefined);
  const accept = (count: number, url: string, account?: 'alpha' | 'beta') =>
    Array.from({ length: count }, () => side.acceptForLater({ webhook: { url, events: ['call.accepted'] } }, account));
  const dead = (await Promise.all(accept(10, `${deadOrigin}/dead`))).map(({ id }) => id);
  await Promise.all([
    ...accept(120, `${otherHostOf(receiver)}/slow`, 'beta'),
    ...accept(100, `${receiver.origin}/never`, 'alpha'),
  ]);

  await until('the dead receiver has refused each of its notifications', async () => {
    const refused = (await side.notifications('')).filter(({ lastError = '' }) => lastError.includes('ECONNREFUSED'));
    return dead.every((id) => refused.some(({ callId }) => callId === id));
  });
}
