import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import type { CallWorkflowInput } from '@darkroom/contract';
import type { TestObjectStore } from '@darkroom/testing';
import { describe, expect, test } from '@jest/globals';
import { sweepLocalSpool, sweepMainSpool } from '../src/worker/index.ts';
import { activityOf } from './follow-call.ts';
import { workersKilledAt } from './kill-at.ts';
import type { Rig, TinyContext } from './rig.ts';
import { tinyCalls } from './tiny-calls.ts';
import { createActivities } from './tiny/activities.ts';
import { withFreshRig } from './with-fresh-rig.ts';

let rig: Rig;
let objectStore: TestObjectStore;

withFreshRig((fresh) => ({ rig, objectStore } = fresh));
const { submit, lastError } = tinyCalls(() => rig);

describe('what lost workers left on the disk', () => {
  const killedWithAnswer = async (call: CallWorkflowInput) => {
    const workers = workersKilledAt(rig, { port: 'localSpool', method: 'write', when: 'after' });
    const { value: worker } = await workers.next();
    const { drawAndStore } = createActivities(worker.context);
    void activityOf(call.callId, randomUUID()).run(drawAndStore, {
      call,
      attempt: 1,
      reportNumber: 1,
      sentBefore: 0,
      again: false,
    });
    await worker.killed;
  };
  const sweep = async () => {
    const context = await rig.newContext();
    createActivities(context);
    await sweepLocalSpool(context);
    return context;
  };

  test('goes to main where its workflow still waits for it', async () => {
    const call = rig.accept();
    await killedWithAnswer(call);
    const { localSpool } = await sweep();
    expect(rig.main.call(call.callId).spool.size).toBe(1);
    expect(await localSpool.read({ callId: call.callId, attempt: 1 })).toBeUndefined();
    expect(await submit(call, {}, { again: true, reportNumber: 2 })).toMatchObject({
      status: 'spooled',
      submittedReported: false,
    });
  });

  test('is stored beside a call that has ended', async () => {
    const call = rig.accept();
    await killedWithAnswer(call);
    rig.main.call(call.callId).status = 'failed';
    const { localSpool } = await sweep();
    const { lateArtifacts, status, submissions } = rig.main.call(call.callId);
    expect(status).toBe('failed');
    expect(submissions).toMatchObject([{ outcome: 'accepted' }]);
    expect(lateArtifacts).toHaveLength(1);
    expect(Buffer.from((await rig.objectStore.get(lateArtifacts[0]?.objectKey ?? '')) ?? []).equals(rig.image)).toBe(
      true,
    );
    expect(await localSpool.read({ callId: call.callId, attempt: 1 })).toBeUndefined();
  });

  test.each([
    ['all of it', () => rig.image, []],
    ['a part of it', () => Buffer.from('no image'), ['unusable']],
  ])('of a call that was completed with %s is removed only where all of it was stored', async (_part, second, left) => {
    rig.provider.answer = (_request, response) =>
      void response.writeHead(200, { 'x-second-result': second().toString('base64') }).end(rig.image);
    const call = rig.accept();
    await killedWithAnswer(call);
    const known = rig.main.call(call.callId);
    known.status = 'completed';
    for (const submission of known.submissions) submission.outcome = 'accepted';
    await sweep();
    expect(await readdir(rig.spoolDirectory)).toEqual(left);
  });

  test('ends a call that had given the submission up and is busy with another one', async () => {
    const call = rig.accept({ whenOutcomeUnknown: 'resubmit' });
    await killedWithAnswer(call);
    const known = rig.main.call(call.callId);
    for (const submission of known.submissions) submission.outcome = 'unknown';
    await sweep();
    expect(known.events.map(({ type }) => type)).toEqual(['call.submission_reconciled', 'call.completed']);
    expect(rig.provider.paid).toBe(1);
  });

  test('stays where it is while main is away', async () => {
    const call = rig.accept();
    await killedWithAnswer(call);
    rig.main.away = true;
    const { localSpool } = await sweep();
    expect(await localSpool.read({ callId: call.callId, attempt: 1 })).toBeDefined();
  });

  test('is no more when the disk is gone too, and then nobody can know', async () => {
    const call = rig.accept();
    await killedWithAnswer(call);
    await rm(rig.spoolDirectory, { recursive: true });
    rig.main.letPass(call.callId, 31);
    await submit(call, {}, { again: true, reportNumber: 2 });
    expect(lastError(call)).toMatchObject({ code: 'submission_outcome_unknown' });
  });
});

describe('what waits in the spool of main', () => {
  const parked = async () => {
    const call = rig.accept();
    const objectStore = { ...rig.objectStore, putIfAbsent: () => Promise.reject(new Error('storage is away')) };
    expect(await submit(call, { objectStore })).toMatchObject({ status: 'spooled' });
    return call;
  };
  const sweep = async (more: Partial<TinyContext> = {}) => {
    const context = await rig.newContext(more);
    createActivities(context);
    await sweepMainSpool(context);
  };

  test('is stored beside its call where the workflow that would have stored it is gone', async () => {
    const call = await parked();
    rig.main.call(call.callId).status = 'failed';
    await sweep();
    const { lateArtifacts, spool } = rig.main.call(call.callId);
    expect(lateArtifacts).toHaveLength(1);
    expect(Buffer.from((await rig.objectStore.get(lateArtifacts[0]?.objectKey ?? '')) ?? []).equals(rig.image)).toBe(
      true,
    );
    expect(spool.size).toBe(0);
    expect(rig.provider.paid).toBe(1);
  });

  test('is forgotten where its call was completed with it', async () => {
    const call = await parked();
    rig.main.call(call.callId).status = 'completed';
    await sweep();
    const { lateArtifacts, spool } = rig.main.call(call.callId);
    expect([lateArtifacts.length, spool.size]).toEqual([0, 0]);
  });

  test('stays where its workflow still waits for storage, and while storage is away', async () => {
    const call = await parked();
    await sweep();
    expect(rig.main.call(call.callId).spool.size).toBe(1);
    rig.main.call(call.callId).status = 'failed';
    await objectStore.stop();
    await sweep();
    expect(rig.main.call(call.callId)).toMatchObject({ lateArtifacts: [] });
    expect(rig.main.call(call.callId).spool.size).toBe(1);
  });
});
