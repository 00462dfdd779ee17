import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { type InternalSide, openInternalSide } from '../../test/internal-side.ts';
import { until } from '../../test/until.ts';
import { createEngineWatch } from '../engine/engine-watch.ts';
import { createPlatformWorkflows } from '../engine/platform-workflows.ts';
import { createTemporalEngine } from '../engine/temporal-engine.ts';
import { acceptBatch } from './accept-batch.ts';
import { type BatchStarter, startBatchStarter } from './batch-starter.ts';
import { batchOf } from '../../test/batch-bodies.ts';

let middleware: TestMiddleware;
let main: InternalSide;
let temporal: TemporalClient;
const starters: BatchStarter[] = [];

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true, temporal: true });
  temporal = connectClient({ ...middleware.temporal, identity: 'test' });
});
beforeEach(async () => {
  main = await openInternalSide(await middleware.postgres.createDatabase());
});
afterEach(async () => {
  await Promise.all(starters.splice(0).map((starter) => starter.stop()));
  await main.close();
});
afterAll(async () => {
  await temporal.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

async function accept(beginsAt?: Date): Promise<string> {
  const accepting = { ...main.changing, simulated: true, wakeBatchStarter: () => undefined };
  return (await acceptBatch(accepting, 'default', batchOf({ calls: 1, beginsAt }))).id;
}

function start(): void {
  const { database, changing } = main;
  const { logger } = changing;
  const engineWatch = createEngineWatch({ engine: createTemporalEngine(temporal.client), logger });
  const platformWorkflows = createPlatformWorkflows(temporal.client, 'platform-test');
  starters.push(startBatchStarter({ database, platformWorkflows, engineWatch, logger, sweepMilliseconds: 50 }));
}

const workflow = (batchId: string) => temporal.client.workflow.getHandle(batchId);
const untilRunning = (batchId: string, otherThan?: string) =>
  until(
    () =>
      workflow(batchId)
        .describe()
        .catch(() => undefined),
    (seen) => seen?.status.name === 'RUNNING' && seen.runId !== otherThan,
  );
const isDue = (batchId: string) =>
  main.pool.query(`update batches set start_due_at = now() - interval '1 second' where id = $1`, [batchId]);
const untilStarted = (batchId: string) =>
  until(
    async () => {
      const { rows } = await main.pool.query<{ seconds: number }>(
        'select extract(epoch from start_due_at - now())::float8 as seconds from batches where id = $1',
        [batchId],
      );
      return rows[0]?.seconds ?? 0;
    },
    (seconds) => seconds > 60,
  );

test('starts the workflow of a batch under its id, with its account as the fairness key, and not before it begins', async () => {
  const [now, later] = [await accept(), await accept(new Date(Date.now() + 3_600_000))];
  start();
  const seen = await untilRunning(now);
  expect(seen).toMatchObject({ type: 'batchWorkflow', priority: { fairnessKey: 'default' } });
  await untilStarted(now);
  await expect(workflow(later).describe()).rejects.toThrow('not found');
});

test('Temporal may be away: batches are accepted, and start when it is back', async () => {
  await middleware.temporal.stop();
  const batchId = await accept();
  start();
  await middleware.temporal.start();
  await untilRunning(batchId);
}, 90_000);

test('a batch without progress is started again: nothing happens while its workflow runs, and a new run begins where an operator ended it', async () => {
  const batchId = await accept();
  start();
  const first = await untilRunning(batchId);
  await untilStarted(batchId);
  await isDue(batchId);
  await untilStarted(batchId);
  expect((await workflow(batchId).describe()).runId).toBe(first?.runId);

  await workflow(batchId).terminate('an operator');
  await isDue(batchId);
  await untilRunning(batchId, first?.runId);
});

test('a batch that has ended is not started again', async () => {
  const batchId = await accept();
  await main.pool.query(`update batches set status = 'completed', completed_at = now() where id = $1`, [batchId]);
  const other = await accept();
  start();
  await untilRunning(other);
  await expect(workflow(batchId).describe()).rejects.toThrow('not found');
});
