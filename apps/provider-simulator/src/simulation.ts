import type { Logger } from '@darkroom/platform-logging';
import type { Artist } from './drawing/artist.ts';
import type { FileShelf } from './files/file-shelf.ts';
import type { SubmissionLedger } from './ledger/submission-ledger.ts';
import type { PlanBook } from './plans/plan-book.ts';
import type { RequestMetrics } from './health/request-metrics.ts';
import type { CallbackSender } from './tasks/callback-sender.ts';
import type { TaskStore } from './tasks/task-store.ts';

/** What every simulated provider works with. */
export interface Simulation {
  readonly plans: PlanBook;
  readonly ledger: SubmissionLedger;
  readonly tasks: TaskStore;
  readonly callbacks: CallbackSender;
  readonly artist: Artist;
  readonly shelf: FileShelf;
  readonly metrics: RequestMetrics;
  readonly logger: Logger;
  /** Milliseconds before an answer where no plan says otherwise. */
  readonly latencyMs: number;
  /** A model exists where its name contains one of these. */
  readonly modelNames: readonly string[];
  /** Aborted when the simulator stops: waiting requests end at once. */
  readonly closing: AbortSignal;
}
