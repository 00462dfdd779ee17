import type { StreamToken } from '../api.ts';
import { DarkroomError } from '../darkroom-error.ts';
import { delay } from '../http/delay.ts';
import { orAborted } from '../http/or-aborted.ts';
import { pauseMs } from '../http/pause-ms.ts';
import { subjectName } from './events.ts';
import { type HeldToken, tokenOrFault } from './held-token.ts';
import { type Followed, pushBackoff, stableMs, type TellHappening } from './followed.ts';
import type { SocketPool } from './socket-pool.ts';
import { isLastingOnStream, type StreamFault, toStreamError } from './stream-fault.ts';

/** How long the server may take to confirm a subscription before another channel is used meanwhile. */
const confirmationMs = 10_000;

interface WebSocketRun {
  followed: Followed;
  pool: SocketPool;
  tell: TellHappening;
}

/** Follows a subject over WebSockets until the signal is aborted: subscribes again and again. Rejects where no new attempt would help. */
export async function runWebSocket(run: WebSocketRun, signal: AbortSignal): Promise<void> {
  for (let failures = 0; ;) {
    const { fault, wasStable } = await followOnce(run, signal);
    if (isLastingOnStream(fault)) throw fault;
    failures = wasStable ? 0 : failures + 1;
    run.tell(wasStable ? 'lost' : 'failed', fault);
    // The pool spaces out connections; here it is refusals that are spaced out.
    if (fault !== undefined && failures > 0) await delay(pauseMs(fault, failures, pushBackoff), signal);
  }
}

interface Ending {
  /** Undefined where the connection is gone. */
  fault: Error | undefined;
  wasStable: boolean;
}

async function followOnce(run: WebSocketRun, signal: AbortSignal): Promise<Ending> {
  const token = await tokenOrFault(run.followed.token, signal);
  if (token instanceof DarkroomError) return { fault: token, wasStable: false };
  const { fault, wasStable } = await subscribeOnce(run, token, signal);
  // Whatever the server had against it, perhaps it was the token.
  if (fault !== undefined) run.followed.token.drop();
  return { fault: fault && toStreamError(fault), wasStable };
}

/** Subscribes on one connection, and answers when the subscription has ended. */
async function subscribeOnce(
  { followed: { subject, token, after, take }, pool, tell }: WebSocketRun,
  opened: StreamToken,
  signal: AbortSignal,
): Promise<{ fault: StreamFault | undefined; wasStable: boolean }> {
  const end = Promise.withResolvers<StreamFault | undefined>();
  let openedAt = Infinity;
  const tellOpened = () => {
    if (openedAt !== Infinity) return;
    openedAt = performance.now();
    clearTimeout(patience);
    tell('opened');
  };
  const tellStalled = (why: string) => {
    openedAt = Infinity;
    tell('failed', new Error(why));
  };
  const over = new AbortController();
  const renew = () => {
    token.drop();
    nextToken(token, AbortSignal.any([signal, over.signal])).then(
      (newer) => subscription.renew(newer.token),
      // It has ended: with its token, where none was to be had for so long.
      () => undefined,
    );
  };
  const subscription = await pool.attach(
    {
      url: opened.streamUrl,
      subject: subjectName(subject),
      from: () => ({ token: opened.token, after: after() }),
      listener: {
        onSubscribed: tellOpened,
        onEvent(event) {
          tellOpened();
          take(event);
        },
        onStalled: tellStalled,
        onTokenExpiring: renew,
        onEnd: end.resolve,
      },
      onAttemptFailed: (fault) => tell('failed', fault),
    },
    signal,
  );
  const patience = setTimeout(
    () => tellStalled(`The subscription was not confirmed within ${confirmationMs / 1000} seconds.`),
    confirmationMs,
  );
  try {
    const fault = await orAborted(end.promise, signal);
    return { fault, wasStable: performance.now() - openedAt >= stableMs };
  } finally {
    clearTimeout(patience);
    over.abort();
    subscription.leave();
  }
}

/** Asks until there is one: the server says only once that the present one expires. Rejects where the signal is aborted. */
async function nextToken(token: HeldToken, signal: AbortSignal): Promise<StreamToken> {
  for (let failures = 1; ; failures += 1) {
    const next = await tokenOrFault(token, signal);
    if (!(next instanceof DarkroomError)) return next;
    await delay(pauseMs(next, failures, pushBackoff), signal);
  }
}
