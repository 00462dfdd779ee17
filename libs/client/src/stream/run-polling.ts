import type { Page } from '../api.ts';
import { DarkroomError } from '../darkroom-error.ts';
import type { Backoff } from '../http/backoff.ts';
import { delay } from '../http/delay.ts';
import { pauseMs } from '../http/pause-ms.ts';
import type { PollHappening } from './channel-choice.ts';
import type { AccountEvent } from './events.ts';
import { type Followed, pushBackoff } from './followed.ts';
import { isLasting, isOutage } from './stream-fault.ts';

/** How often the log is read while there is no push. */
export interface PollingOptions {
  /** The pause between two polls, in milliseconds. */
  intervalMs: number;
  /** After so many polls in a row without push a subscription gives up. Those during an outage do not count. */
  times: number;
}

/** Answers the page of a log behind a sequence, after one attempt. */
export type ReadPage = (after: number, signal: AbortSignal) => Promise<Page<AccountEvent>>;

interface PollingRun extends PollingOptions {
  followed: Followed;
  readPage: ReadPage;
  tell: (happening: PollHappening) => void;
  /** Whether push is there, but not for this one: it does not give up then. */
  waitsForSlot: () => boolean;
  /** Why there is no push. */
  lastFault: () => Error | undefined;
}

/**
 * Reads the log of a subject again and again, until the signal is aborted; ever more rarely while nobody answers. Rejects where no further poll would help,
 * and after the last one.
 */
export async function runPolling(run: PollingRun, signal: AbortSignal): Promise<void> {
  const { times, intervalMs } = run;
  let failures = 0;
  for (let polls = 0; ;) {
    const fault = await pollOnce(run, signal);
    if (fault !== undefined && isLasting(fault)) throw fault;
    run.tell(fault === undefined ? 'answered' : 'unanswered');
    if (run.waitsForSlot()) polls = 0;
    else if (!isOutage(fault)) polls += 1;
    if (polls >= times) throw gaveUp(run, fault ?? run.lastFault());
    failures = fault === undefined ? 0 : failures + 1;
    await delay(failures === 0 ? intervalMs : pauseMs(fault, failures, backoffOf(run)), signal);
  }
}

/**
 * Asks until there is an answer, at the pace of polls that fail. Rejects where no further time would help, and where what answers is none of Darkroom
 * after as many times as a log may be polled.
 */
export async function untilAnswered<Answer>(
  { onFault, ...polling }: PollingOptions & { onFault: () => void },
  ask: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  let counted = 0;
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (fault) {
      if (!(fault instanceof DarkroomError) || isLasting(fault)) throw fault;
      if (!isOutage(fault)) counted += 1;
      if (counted >= polling.times) throw fault;
      onFault();
      await delay(pauseMs(fault, failures, backoffOf(polling)), signal);
    }
  }
}

function backoffOf({ intervalMs }: PollingOptions): Backoff {
  return { firstMs: intervalMs, mostMs: Math.max(intervalMs, pushBackoff.mostMs) };
}

/** Reads to the end of the log. Answers why it could not. */
async function pollOnce(run: PollingRun, signal: AbortSignal): Promise<Error | undefined> {
  try {
    await readRest(run, signal);
    return undefined;
  } catch (fault) {
    signal.throwIfAborted();
    return fault instanceof Error ? fault : new Error(String(fault));
  }
}

/** Takes what is left of a log. */
export async function readRest(
  { followed, readPage }: Pick<PollingRun, 'followed' | 'readPage'>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { items, nextCursor } = await readPage(followed.after(), signal);
    signal.throwIfAborted();
    items.forEach((event) => followed.take(event));
    if (nextCursor === null) return;
  }
}

function gaveUp({ times, intervalMs, followed }: PollingRun, cause: Error | undefined): DarkroomError {
  const detail = `Push did not come back within ${times} polls of the log, one every ${intervalMs / 1000} seconds. What is followed goes on: subscribe again with after: ${followed.after()}, or allow more polls with polling.times.`;
  return new DarkroomError('gave_up_polling', detail, { retryable: true, cause });
}
