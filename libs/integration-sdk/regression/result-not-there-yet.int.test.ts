import { randomUUID } from 'node:crypto';
import type { CallWorkflowInput } from '@darkroom/contract';
import { expectNoLeakedProcesses } from '@darkroom/testing';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { callActivityResultSchema } from '../src/call/call-activity.schema.ts';
import { sweepMainSpool } from '../src/worker/index.ts';
import { taskOf } from '../test/follow-call.ts';
import { fast, openPollStage, type PollStage } from '../test/poll-stage.ts';
import { quietRuntime } from '../test/quiet-runtime.ts';
import { createActivities } from '../test/tiny/activities.ts';

let stage: PollStage;

beforeAll(async () => {
  quietRuntime();
  stage = await openPollStage();
});
afterAll(async () => {
  await stage.close();
  await expectNoLeakedProcesses();
});
beforeEach(() => stage.reset());

const tenMinutesMs = 600_000;
const runId = randomUUID();
/** The next execution of an activity that was scheduled so long ago. */
const activityFor = (call: CallWorkflowInput, afterMs = 0) =>
  new MockActivityEnvironment({
    workflowExecution: { workflowId: call.callId, runId },
    scheduledTimestampMs: 1_000,
    currentAttemptScheduledTimestampMs: 1_000 + afterMs,
  });
const callOf = ({ callId }: Pick<CallWorkflowInput, 'callId'>) => stage.rig.main.call(callId);
const isGone = { type: 'call.failed', data: { error: { code: 'result_unavailable' } } };
const hasNoFile = (times: number) => {
  let left = times;
  stage.provider.refuse = ({ kind }, response) => {
    if (kind !== 'download' || left === 0) return false;
    left -= 1;
    response.writeHead(404).end();
    return true;
  };
};

describe('[P1] the result of a task that is not at its address', () => {
  /** A look has found the result, and did not get it. */
  const found = async () => {
    stage.provider.firstState = 'succeeded';
    const call = stage.rig.accept(fast, { prompt: 'x' }, { operation: 'paint' });
    const activities = createActivities(await stage.rig.newContext());
    const submission = { call, attempt: 1, reportNumber: 1, sentBefore: 0, again: false };
    const task = taskOf(await activityFor(call).run(activities.paintSubmit, submission));
    const input = { call, reportNumber: 2, sentBefore: 0, task };
    expect(await activityFor(call).run(activities.paintPoll, input)).toMatchObject({ status: 'spooled' });
    expect(callOf(call).events.at(-1)).toMatchObject({ data: { waitingFor: 'provider' } });
    const store = (afterMs: number) =>
      activityFor(call, afterMs).run(activities.paintStore, { ...input, reportNumber: 3 });
    return { call, store, task };
  };

  test('is waited for: the provider has not passed it on yet', async () => {
    hasNoFile(3);
    stage.provider.firstState = 'succeeded';
    const handle = await stage.paint();
    await handle.result();
    expect(stage.eventTypes(handle)).toEqual(['call.submitted', 'call.completed']);
    expect(callOf({ callId: handle.workflowId })).toMatchObject({ status: 'completed', spool: new Map() });
    expect([stage.provider.paid(), stage.provider.downloads]).toEqual([1, 1]);
  });

  test('for ten minutes is gone, and not before', async () => {
    hasNoFile(Infinity);
    const { call, store } = await found();
    await expect(store(0)).rejects.toMatchObject({ type: 'result_unavailable', nonRetryable: false });
    await expect(store(tenMinutesMs - 1)).rejects.toMatchObject({ type: 'result_unavailable' });
    expect(await store(tenMinutesMs)).toMatchObject({ status: 'ended', reported: true });
    expect(callOf(call).events.at(-1)).toMatchObject(isGone);
    expect([stage.provider.paid(), callOf(call).spool.size]).toEqual([1, 0]);
  });

  test('is not given up while the provider cannot be asked whether it is gone', async () => {
    stage.provider.refuse = ({ kind }, response) => kind === 'download' && Boolean(response.writeHead(404).end());
    const { call, store } = await found();
    stage.provider.refuse = ({ kind }, response) =>
      (kind === 'look' || kind === 'download') && Boolean(response.writeHead(kind === 'look' ? 401 : 404).end());
    await expect(store(tenMinutesMs)).rejects.toMatchObject({ type: 'result_unavailable' });
    expect(callOf(call).status).toBe('processing');
    hasNoFile(0);
    await store(2 * tenMinutesMs);
    expect(callOf(call).status).toBe('completed');
  });

  test('is fetched from a new one, where the provider names another by then', async () => {
    stage.provider.refuse = ({ kind, path }, response) =>
      kind === 'download' && !path.endsWith('?signed=anew') && Boolean(response.writeHead(404).end());
    const { call, store, task } = await found();
    const url = `${stage.rig.provider.url}files/${task.externalId}?signed=anew`;
    stage.provider.interfere = ({ kind }, response) =>
      kind === 'look' && Boolean(response.writeHead(200).end(JSON.stringify({ state: 'succeeded', url })));
    expect(await store(0)).toMatchObject({ status: 'ended' });
    expect(callOf(call)).toMatchObject({ status: 'completed', spool: new Map() });
    expect(stage.provider.downloads).toBe(1);
  });

  test('is not waited for where the call has ended: nobody looks at it for long', async () => {
    hasNoFile(Infinity);
    const { call } = await found();
    callOf(call).status = 'failed';
    const context = await stage.rig.newContext();
    createActivities(context);
    await sweepMainSpool(context);
    expect(callOf(call)).toMatchObject({ lateArtifacts: [], spool: new Map() });
  });
});

describe('[P1] the result that a slow answer names, and that is not at its address', () => {
  const answered = async (missing: number) => {
    let left = missing;
    const { provider, image } = stage.rig;
    provider.answer = (request, response) => {
      if (request.method === 'POST')
        return void response.writeHead(200, { 'x-result-url': `${provider.url}image.png` }).end();
      if ((left -= 1) >= 0) return void response.writeHead(404).end();
      return void response.writeHead(200).end(image);
    };
    const call = stage.rig.accept();
    const activities = createActivities(await stage.rig.newContext());
    const input = { call, attempt: 1, reportNumber: 1, sentBefore: 0 };
    const result = callActivityResultSchema.parse(
      await activityFor(call).run(activities.drawAndStore, { ...input, again: false }),
    );
    if (result.status !== 'spooled') throw new Error(`The submission is ${result.status}.`);
    const { submittedReported, deadlineAt } = result;
    const spooled = { ...input, reportNumber: 2, submittedReported, deadlineAt };
    const store = (afterMs: number) => activityFor(call, afterMs).run(activities.storeDrawing, spooled);
    return { call, store };
  };

  test('is stored when it is there', async () => {
    const { call, store } = await answered(3);
    expect(await store(0)).toMatchObject({ status: 'ended' });
    expect(callOf(call).status).toBe('completed');
  });

  test('is gone after ten minutes', async () => {
    const { call, store } = await answered(Infinity);
    await expect(store(tenMinutesMs - 1)).rejects.toMatchObject({ type: 'result_unavailable' });
    expect(await store(tenMinutesMs)).toMatchObject({ status: 'ended' });
    expect(callOf(call).events.at(-1)).toMatchObject(isGone);
  });
});
