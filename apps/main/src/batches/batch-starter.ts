import { type BatchWorkflowInput, batchWorkflowType } from '@darkroom/contract';
import type { Logger } from '@darkroom/platform-logging';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { EngineWatch } from '../engine/engine-watch.ts';
import type { PlatformWorkflows } from '../engine/platform-workflows.ts';
import { startLoop } from '../engine/start-loop.ts';

export interface BatchStarterDependencies {
  database: Kysely<Database>;
  platformWorkflows: Pick<PlatformWorkflows, 'start'>;
  engineWatch: Pick<EngineWatch, 'check'>;
  logger: Logger;
  sweepMilliseconds?: number;
}

export interface BatchStarter {
  /** Looks for batches to start now instead of at the next sweep. */
  wake(): void;
  /** Starts nothing more and waits for the starts that are under way. */
  stop(): Promise<void>;
}

const startsAtOnce = 8;
const leaseSeconds = 30;
const defaultSweepMilliseconds = 1_000;

/**
 * Starts the workflows of batches: when they begin, and again where two minutes pass without an advance. While one runs, a start changes nothing; where it
 * was terminated, a new one goes on from what the database says.
 */
export function startBatchStarter(dependencies: BatchStarterDependencies): BatchStarter {
  const { database, platformWorkflows, engineWatch, logger } = dependencies;
  let stopping = false;

  const loop = startLoop({
    run: sweep,
    everyMilliseconds: dependencies.sweepMilliseconds ?? defaultSweepMilliseconds,
    onError: (error) => logger.error({ error }, 'the batches to start could not be read: it is tried again'),
  });

  async function sweep(): Promise<void> {
    if (!(await engineWatch.check())) return;
    for (;;) {
      const batches = stopping ? [] : await leaseBatches(database);
      await Promise.all(batches.map(start));
      if (batches.length < startsAtOnce) return;
    }
  }

  async function start({ id, account_id }: LeasedBatch): Promise<void> {
    try {
      await platformWorkflows.start({
        type: batchWorkflowType,
        workflowId: id,
        accountId: account_id,
        summary: `batch ${id}`,
        input: { batchId: id } satisfies BatchWorkflowInput,
        again: true,
      });
      await noteStarted(database, id);
    } catch (error) {
      logger.warn({ error, workflow_id: id }, 'the workflow of a batch could not be started: it is tried again');
    }
  }

  return {
    wake: () => loop.wake(),
    stop: () => {
      stopping = true;
      return loop.stop();
    },
  };
}

interface LeasedBatch {
  id: string;
  account_id: string;
}

/** Takes batches for so long that their starts have ended: another process takes them only then. */
async function leaseBatches(database: Kysely<Database>): Promise<LeasedBatch[]> {
  const { rows } = await sql<LeasedBatch>`
    with due as materialized (
      select id from batches
      where completed_at is null and start_due_at <= clock_timestamp()
      order by start_due_at limit ${startsAtOnce}
      for update skip locked
    )
    update batches set start_due_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    from due where batches.id = due.id
    returning batches.id, account_id`.execute(database);
  return rows;
}

async function noteStarted(database: Kysely<Database>, batchId: string): Promise<void> {
  await sql`
    update batches set start_due_at = greatest(start_due_at, clock_timestamp() + interval '2 minutes')
    where id = ${batchId}`.execute(database);
}
