import { describe, expect, test } from '@jest/globals';
import { createId, type RetentionKind } from '@darkroom/contract';
import { AsyncTaskNotFoundError, referToTask } from '@darkroom/integration-sdk/tasks';
import { until } from '../../test/until.ts';
import { reconciling } from '../../test/reconciling.ts';
import { setUpBesideTemporal } from '../../test/set-up-beside-temporal.ts';
import { tiny } from '../../test/tiny-tasks.ts';
import { returnFromWorkflow } from '../../test/test-engine.ts';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { createClosedWorkflows } from '../engine/closed-workflows.ts';
import { removeHistories } from './remove-histories.ts';
import { retentionScheduleId, saveRetentionSchedule } from './retention-schedule.ts';

const side = reconciling(setUpBesideTemporal());
const { startCall, hasEnded, reconcile } = side;
const inTenDays = () => new Date(Date.now() + 10 * 24 * 3_600_000);

async function removeFrom(taskQueue: string) {
  const closedWorkflows = createClosedWorkflows(side.temporal.client, [taskQueue]);
  const removed = { count: 0, bytes: 0 };
  let cursor: string | null = null;
  do {
    const page = await removeHistories({ database: side.main.database, closedWorkflows }, inTenDays(), cursor);
    removed.count += page.count;
    removed.bytes += page.bytes;
    cursor = page.cursor;
  } while (cursor !== null);
  return removed;
}

/** What Temporal lists comes a moment after it has happened. */
const listsClosed = (taskQueue: string, count: number) =>
  until(
    () => createClosedWorkflows(side.temporal.client, [taskQueue]).list({ closedBefore: inTenDays(), token: null }),
    ({ workflows }) => workflows.length === count,
  );

test('[P1] histories are deleted of calls and asynchronous tasks that have ended, and of no others: what main has not taken over stays, however old it is', async () => {
  const taskQueue = 'queue-of-histories';
  const ended = await startAndReturn(taskQueue, null);
  await side.main.arrange(ended.callId, `status = 'completed', completed_at = now()`);
  const elsewhere = await startAndReturn('queue-of-others', null);
  await side.main.arrange(elsewhere.callId, `status = 'completed', completed_at = now()`);
  const foreign = createId('call');
  await side.temporal.client.workflow.start('testWorkflow', { taskQueue, workflowId: foreign });
  await returnFromWorkflow(side.temporal.client, taskQueue, null);
  const artifact = testArtifact(foreign);
  const untold = await startAndReturn(taskQueue, ({ callId, runId }) => {
    const events = [{ type: 'call.submitted', data: { attempt: 1 } }, completed({ ...artifact, objectKey: callId })];
    return { reportId: `${runId}:1`, runId, workflowId: callId, events };
  });
  await side.main.claim(untold.callId);
  const running = await startCall({ taskQueue });
  await side.main.arrange(running.callId, `status = 'completed', completed_at = now()`);
  const task = referToTask(tiny, 'tiny_later');
  task.setClient(side.temporal.client);
  await task.submit({ text: 'first' }, { taskId: 'alpha.ended' });
  await returnFromWorkflow(side.temporal.client, task.taskQueue, { printed: 'first' });
  await task.submit({ text: 'second' }, { taskId: 'alpha.waiting' });
  expect(await task.getStatus('alpha.ended')).toMatchObject({ status: 'completed', result: { printed: 'first' } });
  await listsClosed(taskQueue, 3);
  await listsClosed('queue-of-others', 1);
  await listsClosed(task.taskQueue, 1);

  expect(await removeFrom(taskQueue)).toEqual({ count: 1, bytes: expect.any(Number) });
  expect(await removeFrom(task.taskQueue)).toEqual({ count: 1, bytes: expect.any(Number) });
  reconcile();
  expect(await hasEnded(untold.callId)).toMatchObject({ status: 'completed', submissions_accepted: 1 });
  await removeFrom(taskQueue);

  // Temporal deletes what it was told to within half a minute.
  for (const id of [ended.callId, untold.callId, 'alpha.ended'])
    await until(
      () => side.engine.look(id),
      ({ kind }) => kind === 'not_found',
      50,
    );
  for (const callId of [elsewhere.callId, running.callId, foreign])
    expect((await side.engine.look(callId)).kind).not.toBe('not_found');
  await expect(task.getStatus('alpha.ended')).rejects.toThrow(AsyncTaskNotFoundError);
  expect(await task.getStatus('alpha.waiting')).toMatchObject({ status: 'pending' });
  await listsClosed(taskQueue, 1);
  expect(await removeFrom(taskQueue)).toEqual({ count: 0, bytes: 0 });
});

async function startAndReturn(taskQueue: string, returned: null | ((call: StartedCall) => unknown)) {
  const call = await startCall({ taskQueue });
  await returnFromWorkflow(side.temporal.client, taskQueue, returned && returned(call));
  return call;
}

interface StartedCall {
  callId: string;
  runId: string;
}

describe('the schedule', () => {
  const save = (kinds: RetentionKind[]) =>
    saveRetentionSchedule(side.temporal.client, { taskQueue: 'queue-of-a-schedule', kinds });
  const scheduleIds = async () => {
    const ids: string[] = [];
    for await (const { scheduleId } of side.temporal.client.schedule.list()) ids.push(scheduleId);
    return ids;
  };

  test('is there while something is configured, never runs twice at once, and stays paused where it was', async () => {
    expect(await save([])).toBe('none');
    expect(await save(['events'])).toBe('saved');
    const handle = side.temporal.client.schedule.getHandle(retentionScheduleId('queue-of-a-schedule'));
    await handle.pause('while we look');
    expect(await save(['events', 'artifacts'])).toBe('saved');
    expect(await handle.describe()).toMatchObject({
      action: {
        workflowType: 'retentionWorkflow',
        taskQueue: 'queue-of-a-schedule',
        args: [{ kinds: ['events', 'artifacts'] }],
      },
      policies: { overlap: 'SKIP' },
      spec: { intervals: [{ every: 3_600_000 }] },
      state: { paused: true, note: 'while we look' },
    });

    expect(await save([])).toBe('removed');
    expect(await save([])).toBe('none');
    await until(scheduleIds, (ids) => ids.length === 0);
  });
});
