import type { Client } from '@temporalio/client';
import type { TaskLooks } from './read-looks.ts';

/** One side of the comparison, as the measurement sees it. */
export interface WaitingSide {
  readonly engine: Client;
  readonly workflowType: string;
  readonly workerPid: number;
  /** Everything that works for the side, by name. */
  readonly processes: Readonly<Record<string, number>>;
  /** Hands in one call that will wait. */
  begin(index: number): Promise<void>;
  /** What the provider saw of the side's calls. */
  looks(): Promise<TaskLooks[]>;
}
