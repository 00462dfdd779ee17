import { expect } from '@jest/globals';
import { type NotificationStack, otherHostOf } from './notification-stack.ts';

/** Waits until a call has completed and was told of, and another account and another receiver of `alpha` were told of theirs. */
export async function seeOthersServed(side: NotificationStack): Promise<void> {
  const { receiver, stack } = side;
  const path = `/others-${receiver.received.length}`;
  const [ended, ofBeta, ofAlpha] = [`${path}/ended`, `${path}/beta`, `${path}/alpha`];
  const accepted = (url: string) => ({ webhook: { url, events: ['call.accepted'] } });

  const { id } = await stack.submit({ prompt: 'meanwhile', more: { webhook: { url: `${receiver.origin}${ended}` } } });
  await side.acceptForLater(accepted(`${receiver.origin}${ofBeta}`), 'beta');
  await side.acceptForLater(accepted(`${otherHostOf(receiver)}${ofAlpha}`), 'alpha');
  await Promise.all([ended, ofBeta, ofAlpha].map((at) => receiver.waitFor(at, 1)));
  expect(await stack.waitForEnd(id)).toMatchObject({ status: 'completed' });
}
