import { expect, test } from '@jest/globals';
import { setUpBesideTemporal } from '../../test/set-up-beside-temporal.ts';
import { startingBatches } from '../../test/starting-batches.ts';
import { until } from '../../test/until.ts';
import { cancelBatch } from './cancel-batch.ts';

const main = setUpBesideTemporal();
const { accept, start, workflow, untilRunning } = startingBatches(main);

const noop = () => undefined;

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

test('a cancel of a batch that begins later, broken off by a kill, is gone on with at once and not when the batch begins', async () => {
  const batchId = await accept(new Date(Date.now() + 3_600_000));
  const killed = {
    published: () => {
      throw new Error('killed');
    },
  };
  const { changing, catalog } = main;
  const cancelling = { ...changing, eventBus: killed, catalog, wakeDispatcher: noop, wakeCanceller: noop };
  await expect(cancelBatch(cancelling, batchId)).rejects.toThrow('killed');
  start();
  await untilRunning(batchId);
});

test('a batch that has ended is not started again', async () => {
  const batchId = await accept();
  await main.pool.query(`update batches set status = 'completed', completed_at = now() where id = $1`, [batchId]);
  const other = await accept();
  start();
  await untilRunning(other);
  await expect(workflow(batchId).describe()).rejects.toThrow('not found');
});
