import { DarkroomError } from '../darkroom-error.ts';
import type { Subscription, SubscribeOptions } from '../stream/subscription.ts';
import type { RequestOptions } from './request-options.ts';

/** What waiting for an end takes. An abort ends the waiting, and not what is waited for. */
export type WaitOptions<Event> = RequestOptions & Pick<SubscribeOptions<Event>, 'onEvent' | 'onChannel'>;

interface AwaitEnd<Seen, Ended extends Seen, Event> {
  read: () => Promise<Seen>;
  hasEnded: (seen: Seen) => seen is Ended;
  subscribe: (options: SubscribeOptions<Event>) => Pick<Subscription<Event>, 'finished' | 'lastSequence'>;
  options: WaitOptions<Event>;
}

/** Follows a call or a batch to its end, and answers it as it is then. */
export async function awaitEnd<Seen, Ended extends Seen, Event>({
  read,
  hasEnded,
  subscribe,
  options: { onEvent, ...more },
}: AwaitEnd<Seen, Ended, Event>): Promise<Ended> {
  // Whoever wants the events gets them, also of what has ended.
  let after = onEvent === undefined ? undefined : 0;
  for (;;) {
    const seen = after === 0 ? undefined : await read();
    if (seen !== undefined && hasEnded(seen)) return seen;
    const following = subscribe({ ...more, onEvent: onEvent ?? (() => undefined), after: after ?? 0 });
    after = await following.finished.then(() => following.lastSequence, resumeBehindRemoved);
  }
}

/** Of what is older than the log, what is left is followed: its end is what was asked for. */
function resumeBehindRemoved(fault: unknown): number {
  if (fault instanceof DarkroomError && fault.removedThrough !== undefined) return fault.removedThrough;
  throw fault;
}
