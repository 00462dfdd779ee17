import type { LoggedEvent } from './logged-event.ts';

/** A piece of an account's log, or of one subject's in it. */
export interface LogPage {
  readonly events: readonly LoggedEvent[];
  /** The account's last sequence, as it was when the events were read, or before. */
  readonly head: number;
  /** Events of the account up to this one were removed by retention. */
  readonly removedThrough: number;
  /** Whether there may be more events before `head`. */
  readonly hasMore: boolean;
}

export interface LogQuestion {
  readonly accountId: string;
  /** `account`, or the id of a call or a batch. */
  readonly subject: string;
  readonly after: number;
  readonly limit: number;
}

/** Rejects where `main` does not answer, or answers with an error. */
export type ReadLogPage = (question: LogQuestion) => Promise<LogPage>;
