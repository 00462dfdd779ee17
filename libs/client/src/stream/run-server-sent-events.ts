import { DarkroomError } from '../darkroom-error.ts';
import { delay } from '../http/delay.ts';
import { pauseMs } from '../http/pause-ms.ts';
import { type Followed, longestSilenceMs, pushBackoff, stableMs, type TellHappening } from './followed.ts';
import { readEventStream } from './read-event-stream.ts';
import { isLastingOnStream } from './stream-fault.ts';
import { tokenOrFault } from './held-token.ts';

/** How many more streams one client may open. */
export interface StreamSlots {
  left: number;
  /** Of those that are taken, how many bring events. */
  open: number;
}

/** Whether a subscription waits for others of this client to end, and not for the server. */
export function waitsForSlot({ left, open }: StreamSlots): boolean {
  return left === 0 && open > 0;
}

interface ServerSentEventsRun {
  followed: Followed;
  fetch: (request: Request) => Promise<Response>;
  slots: StreamSlots;
  openTimeoutMs: number;
  tell: TellHappening;
}

/** Follows a subject over server-sent events until the signal is aborted: opens a stream again and again. Rejects where no new attempt would help. */
export async function runServerSentEvents(run: ServerSentEventsRun, signal: AbortSignal): Promise<void> {
  for (let failures = 0; ;) {
    let openedAt = Infinity;
    const fault = await followInSlot(run, signal, () => {
      openedAt = performance.now();
      run.tell('opened');
    });
    if (isLastingOnStream(fault)) throw fault;
    // Whatever the server had against it, perhaps it was the token.
    if (fault instanceof DarkroomError || openedAt !== Infinity) run.followed.token.drop();
    const wasStable = performance.now() - openedAt >= stableMs;
    failures = wasStable ? 1 : failures + 1;
    run.tell(wasStable ? 'lost' : 'failed', fault);
    await delay(pauseMs(fault, failures, pushBackoff), signal);
  }
}

/** Follows it on one stream, and answers why that ended. */
async function followInSlot(run: ServerSentEventsRun, signal: AbortSignal, onOpen: () => void): Promise<Error> {
  const { followed, fetch, slots, openTimeoutMs } = run;
  if (slots.left === 0) return new Error('As many streams of server-sent events are open as one client may have.');
  slots.left -= 1;
  let isOpen = false;
  try {
    const token = await tokenOrFault(followed.token, signal);
    if (token instanceof DarkroomError) return token;
    return await readEventStream(
      {
        url: token.streamUrl,
        token: token.token,
        after: followed.after(),
        fetch,
        openTimeoutMs,
        silenceMs: longestSilenceMs,
        onOpen() {
          isOpen = true;
          slots.open += 1;
          onOpen();
        },
        onEvent: followed.take,
      },
      signal,
    );
  } finally {
    slots.left += 1;
    if (isOpen) slots.open -= 1;
  }
}
