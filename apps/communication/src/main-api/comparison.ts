import type { Heads } from '@darkroom/contract';
import type { Logger } from '@darkroom/platform-logging';
import type { WantedHeads } from './main-log.ts';

/** Compares with the log every two seconds, so that lost news cost time and never an event, and knows whether `main` answers. */
export interface Comparison {
  /** Since when `main` has not answered; undefined while it does. */
  readonly awaySince: number | undefined;
  /** Why it did not answer the last time. */
  readonly fault: string | undefined;
  /** Compares as soon as the one under way has ended. */
  now(): void;
  /** A question about one account failed. Whether `main` is away, a comparison soon shows. */
  noteFault(error: unknown): void;
  stop(): void;
}

export interface ComparisonOptions {
  wanted: () => WantedHeads;
  readHeads: (wanted: WantedHeads) => Promise<Heads>;
  onHeads: (heads: Heads) => void;
  /** `main` answered. */
  onAnswer: () => void;
  /** It did not answer, or not rightly. */
  onAway: () => void;
  logger: Logger;
}

const intervalMs = 2_000;
/** While it is away, or a question has failed: what waits for it goes on so soon after it is back. */
const retryMs = 500;
/** A `main` that answers one question and not the other must not fill the log. */
const quietMs = 10_000;

export function startComparison({
  wanted,
  readHeads,
  onHeads,
  onAnswer,
  onAway,
  logger,
}: ComparisonOptions): Comparison {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let begunAt = 0;
  let isComparing = false;
  let isDue = false;
  let isSuspect = false;
  let isStopped = false;
  // Nothing is known before the first answer.
  let awaySince: number | undefined = Date.now();
  let fault: string | undefined = 'not asked yet';
  let loggedAt = 0;

  const away = (error: unknown) => {
    awaySince ??= Date.now();
    fault = error instanceof Error ? error.message : String(error);
    onAway();
    warn(error, 'main cannot be read: subscriptions wait, and are served when it is back');
  };

  const warn = (error: unknown, message: string) => {
    if (isStopped || Date.now() - loggedAt < quietMs) return;
    loggedAt = Date.now();
    logger.warn({ error }, message);
  };

  const back = () => {
    if (awaySince !== undefined && loggedAt > 0) logger.info('main can be read again');
    awaySince = undefined;
    fault = undefined;
    onAnswer();
  };

  const compare = async () => {
    isComparing = true;
    isDue = false;
    isSuspect = false;
    begunAt = Date.now();
    dueAt = Number.POSITIVE_INFINITY;
    try {
      const heads = await readHeads(wanted());
      if (!isStopped) onHeads(heads);
      back();
    } catch (error) {
      away(error);
    }
    isComparing = false;
    const waitMs = awaySince !== undefined || isSuspect ? retryMs : intervalMs;
    scheduleAt(isDue && awaySince === undefined ? Date.now() : Date.now() + waitMs);
  };

  /** Never later than it is due already: whoever asks often would put it off for ever. */
  const scheduleAt = (time: number) => {
    if (isStopped || time >= dueAt) return;
    dueAt = time;
    clearTimeout(timer);
    timer = setTimeout(() => void compare(), Math.max(0, time - Date.now()));
  };

  void compare();
  return {
    get awaySince() {
      return awaySince;
    },
    get fault() {
      return fault;
    },
    now() {
      isDue = true;
      if (!isComparing && awaySince === undefined) scheduleAt(Date.now());
    },
    noteFault(error) {
      warn(error, 'a log cannot be read: who waits for it is served when it can');
      isSuspect = true;
      if (!isComparing) scheduleAt(begunAt + retryMs);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
