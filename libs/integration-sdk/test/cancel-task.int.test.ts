import { expectNoLeakedProcesses } from '@darkroom/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fast, openPollStage, patient, type PollStage } from './poll-stage.ts';
import type { CallHandle } from './temporal-worker.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { until } from './until.ts';

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

const callOf = (handle: CallHandle) => stage.rig.main.call(handle.workflowId);
const cancelResult = (handle: CallHandle) => {
  const event = callOf(handle).events.find(({ type }) => type === 'call.cancel_result');
  return event?.type === 'call.cancel_result' ? event.data : undefined;
};

describe('a cancel', () => {
  test('before anything was claimed pays nothing', async () => {
    await stage.middleware.objectStore.stop();
    const handle = await stage.paint();
    await until(() => callOf(handle).events.length > 0);
    await stage.cancel(handle);
    await stage.middleware.objectStore.start();
    await handle.result();
    expect(callOf(handle).status).toBe('cancelled');
    expect(stage.provider.tasks).toEqual([]);
  });

  test('while it is submitted is remembered, and the provider is asked as soon as it can be', async () => {
    const held = Promise.withResolvers<void>();
    stage.provider.firstState = 'queued';
    stage.provider.interfere = ({ kind, task }, response) => {
      if (kind !== 'submit') return false;
      void held.promise.then(() => response.writeHead(200).end(JSON.stringify({ id: task?.id })));
      return true;
    };
    const handle = await stage.paint(patient);
    await until(() => stage.provider.tasks.length === 1);
    await stage.cancel(handle);
    held.resolve();
    await handle.result();
    expect(stage.eventTypes(handle)).toEqual(['call.submitted', 'call.cancel_result', 'call.cancelled']);
    expect(stage.provider.paid()).toBe(0);
  });

  test('of a waiting task that the provider confirms ends the call, not charged', async () => {
    stage.provider.firstState = 'queued';
    const handle = await stage.paint(patient);
    await stage.submitted(handle);
    await stage.cancel(handle);
    await handle.result();
    expect(callOf(handle).events.at(-1)).toMatchObject({ type: 'call.cancelled', data: { billing: 'not_charged' } });
    expect(cancelResult(handle)).toMatchObject({ result: 'cancelled', billing: 'not_charged' });
    expect(stage.provider.paid()).toBe(0);
  });

  test('that may have come after the end does not promise that nothing is charged', async () => {
    stage.provider.firstState = 'queued';
    stage.provider.interfere = ({ kind, task }) => {
      if (kind === 'cancel' && task) stage.provider.tasks.splice(stage.provider.tasks.indexOf(task), 1);
      return false;
    };
    const handle = await stage.paint(patient);
    await stage.submitted(handle);
    await stage.cancel(handle);
    await handle.result();
    expect(callOf(handle).events.at(-1)).toMatchObject({ type: 'call.cancelled', data: { billing: 'unknown' } });
    expect(cancelResult(handle)).toMatchObject({ result: 'cancelled', billing: 'unknown' });
  });

  test('that the provider confirms and does not carry out keeps the result', async () => {
    stage.provider.firstState = 'queued';
    stage.provider.interfere = ({ kind, task }) => {
      if (kind === 'cancel' && task) task.state = 'succeeded';
      return false;
    };
    const handle = await stage.paint(patient);
    await stage.submitted(handle);
    await stage.cancel(handle);
    await handle.result();
    expect(cancelResult(handle)).toMatchObject({ result: 'not_possible' });
    expect(callOf(handle).status).toBe('completed');
  });

  test('of a task that has begun is not possible, said once, and the result is kept', async () => {
    const handle = await stage.paint();
    await stage.submitted(handle);
    await stage.cancel(handle);
    await until(() => cancelResult(handle) !== undefined);
    await stage.cancel(handle);
    for (const task of stage.provider.tasks) task.state = 'succeeded';
    await handle.result();
    expect(stage.eventTypes(handle)).toEqual(['call.submitted', 'call.cancel_result', 'call.completed']);
    expect(cancelResult(handle)).toMatchObject({ result: 'not_possible' });
    expect([stage.provider.paid(), stage.provider.deletes]).toEqual([1, 0]);
  });

  test('that loses against the end asks for nothing and keeps the result', async () => {
    const handle = await stage.paint(patient);
    await stage.submitted(handle);
    for (const task of stage.provider.tasks) task.state = 'succeeded';
    await stage.cancel(handle);
    await handle.result();
    expect(stage.eventTypes(handle)).toEqual(['call.submitted', 'call.cancel_result', 'call.completed']);
    expect([stage.provider.paid(), stage.provider.deletes]).toEqual([1, 0]);
  });

  test('that the provider does not answer is tried again, and the call goes on', async () => {
    stage.provider.firstState = 'queued';
    stage.provider.refuse = ({ kind }, response) => {
      if (kind !== 'cancel') return false;
      response.writeHead(500).end('{}');
      return true;
    };
    const handle = await stage.paint(patient);
    await stage.submitted(handle);
    await stage.cancel(handle);
    await until(() => cancelResult(handle) !== undefined);
    expect(cancelResult(handle)).toMatchObject({ result: 'not_possible' });
    for (const task of stage.provider.tasks) task.state = 'succeeded';
    await handle.signal('refresh');
    await handle.result();
    expect(callOf(handle).status).toBe('completed');
  });

  test('while it is being found out which task it is, is answered at once, and the provider is asked when it is known', async () => {
    stage.provider.firstState = 'queued';
    stage.provider.interfere = ({ kind }, response) => kind === 'submit' && Boolean(response.socket?.destroy());
    const handle = await stage.paint(patient);
    await until(() => stage.eventTypes(handle).includes('call.submission_unknown'));
    await stage.cancel(handle);
    await until(() => cancelResult(handle) !== undefined);
    expect(cancelResult(handle)).toMatchObject({
      result: 'not_possible',
      reason: expect.stringContaining('not known yet'),
    });
    await handle.signal('callback', { attempt: 1, externalId: stage.provider.tasks[0]?.id, isFinal: false });
    await handle.result();
    expect(stage.eventTypes(handle)).toEqual([
      'call.submission_unknown',
      'call.cancel_result',
      'call.submission_reconciled',
      'call.cancel_result',
      'call.cancelled',
    ]);
    expect(callOf(handle).events.at(-2)).toMatchObject({ data: { result: 'cancelled', billing: 'not_charged' } });
    expect([stage.provider.tasks.length, stage.provider.paid()]).toEqual([1, 0]);
  });

  test('while it is being found out whether it was taken, ends the call unpaid where it was not', async () => {
    const held = Promise.withResolvers<void>();
    stage.provider.refuse = ({ kind }, response) => kind === 'submit' && Boolean(response.socket?.destroy());
    stage.provider.interfere = ({ kind }, response) => {
      if (kind === 'list') void held.promise.then(() => response.writeHead(200).end('{"items":[]}'));
      return kind === 'list';
    };
    const handle = await stage.paint(patient);
    await until(() => stage.eventTypes(handle).includes('call.submission_unknown'));
    await stage.cancel(handle);
    await until(() => cancelResult(handle) !== undefined);
    held.resolve();
    await handle.result();
    expect(callOf(handle).status).toBe('cancelled');
    expect(stage.eventTypes(handle).filter((type) => type === 'call.cancel_result')).toHaveLength(1);
    expect(stage.provider.tasks).toEqual([]);
  });

  test('while the result waits for storage comes too late', async () => {
    const handle = await stage.paint();
    await stage.submitted(handle);
    await stage.middleware.objectStore.stop();
    for (const task of stage.provider.tasks) task.state = 'succeeded';
    await until(() => callOf(handle).spool.size === 1);
    await stage.cancel(handle);
    await until(() => cancelResult(handle) !== undefined);
    expect(cancelResult(handle)?.result).toBe('not_possible');
    await stage.middleware.objectStore.start();
    await handle.result();
    expect(callOf(handle).status).toBe('completed');
    expect([stage.provider.paid(), stage.provider.deletes]).toEqual([1, 0]);
  });

  test('by somebody else at the provider ends the call as failed', async () => {
    const handle = await stage.paint(fast);
    await stage.submitted(handle);
    for (const task of stage.provider.tasks) task.state = 'cancelled';
    await handle.result();
    expect(callOf(handle).events.at(-1)).toMatchObject({ data: { error: { code: 'provider_failed' } } });
  });
});
