import { randomUUID } from 'node:crypto';
import { expectNoLeakedProcesses } from '@darkroom/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fast, openPollStage, patient, type PollStage } from './poll-stage.ts';
import { quietRuntime } from './quiet-runtime.ts';
import type { CallHandle } from './temporal-worker.ts';
import { until } from './until.ts';
import { waitsForProof } from './waits-for-proof.ts';

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
const reconciled = (handle: CallHandle) =>
  callOf(handle).events.flatMap((event) => (event.type === 'call.submission_reconciled' ? [event.data] : []));
/** So many submissions are taken, or not, and their connections reset. */
const reset = (when: 'refuse' | 'interfere', times = 1) => {
  let left = times;
  stage.provider[when] = ({ kind }, response) => {
    if (kind !== 'submit' || left === 0) return false;
    left -= 1;
    response.socket?.destroy();
    return true;
  };
};

/** How often the list is asked for one proof. */
const looksAtOnce = 4;

const finish = () => {
  for (const task of stage.provider.tasks) task.state = 'succeeded';
};
/** A task of the same time, of another account's call that `main` was not told of until it is reported. */
const paintedByAnother = async () => {
  const { callId } = stage.rig.accept({}, { prompt: 'x' }, { operation: 'paint' });
  const claim = { attempt: 1, runId: 'r', workflowId: callId, activityId: '1', credentialId: 'tiny:test' };
  await stage.rig.main.claim(callId, { ...claim, claimToken: randomUUID() });
  const task = {
    id: `of-another-${randomUUID()}`,
    prompt: 'x',
    callbackUrl: undefined,
    createdAt: new Date(),
    looks: 0,
  };
  stage.provider.tasks.push({ ...task, state: 'succeeded' });
  return {
    report() {
      const [submission] = stage.rig.main.call(callId).submissions;
      if (submission) submission.externalId = task.id;
    },
  };
};
const paidForThis = () => stage.provider.tasks.filter(({ id }) => !id.startsWith('of-another')).length;

describe('[P2] a submission that got no answer', () => {
  test('and was taken is proved by the callback with its token, and paid once', async () => {
    reset('interfere');
    stage.provider.firstState = 'succeeded';
    const handle = await stage.paint(patient);
    await until(() => stage.eventTypes(handle).includes('call.submission_unknown'));
    const [task] = stage.provider.tasks;
    expect(task?.callbackUrl).toContain(`/callbacks/tiny/${handle.workflowId}.1.`);
    await handle.signal('callback', { attempt: 1, externalId: task?.id });
    await handle.result();
    expect(stage.eventTypes(handle)).toEqual([
      'call.submission_unknown',
      'call.submission_reconciled',
      'call.completed',
    ]);
    expect(reconciled(handle)).toMatchObject([{ outcome: 'accepted', externalId: task?.id }]);
    expect(stage.provider.paid()).toBe(1);
  });

  test('and was taken is proved by the first callback, which says that the task waits, before the list shows it', async () => {
    const listed = Promise.withResolvers<void>();
    stage.provider.interfere = ({ kind }, response) => {
      if (kind === 'submit') return Boolean(response.socket?.destroy());
      // The list is behind: it will not show the task in the time that it is asked.
      if (kind === 'list') void listed.promise.then(() => response.writeHead(200).end('{"items":[]}'));
      return kind === 'list';
    };
    stage.provider.firstState = 'queued';
    const handle = await stage.paint(fast);
    await until(() => stage.eventTypes(handle).includes('call.submission_unknown'));
    const [task] = stage.provider.tasks;
    await handle.signal('callback', { attempt: 1, externalId: task?.id, isFinal: false });
    await until(() => reconciled(handle).length > 0);
    listed.resolve();
    finish();
    await handle.result();
    expect(reconciled(handle)).toMatchObject([{ attempt: 1, outcome: 'accepted', externalId: task?.id }]);
    expect(callOf(handle).status).toBe('completed');
    expect(stage.provider.tasks).toHaveLength(1);
  });

  test('and was taken is followed also where the list did not show it, as long as nothing more was submitted', async () => {
    let refusals = 2;
    // Eight seconds come before the submission after the third one.
    stage.provider.refuse = ({ kind }, response) =>
      kind === 'submit' && (refusals -= 1) >= 0 && Boolean(response.writeHead(429, { 'retry-after': '0' }).end('{}'));
    stage.provider.interfere = ({ kind }, response) => {
      if (kind === 'submit') return Boolean(response.socket?.destroy());
      if (kind === 'list') response.writeHead(200).end('{"items":[]}');
      return kind === 'list';
    };
    const handle = await stage.paint({ ...fast, maxSubmissions: 4 });
    await until(() => reconciled(handle).length > 0);
    const [task] = stage.provider.tasks;
    await handle.signal('callback', { attempt: 3, externalId: task?.id, isFinal: false });
    await until(() => reconciled(handle).length > 1);
    finish();
    await handle.result();
    expect(reconciled(handle)).toMatchObject([
      { attempt: 3, outcome: 'refused' },
      { attempt: 3, outcome: 'accepted', externalId: task?.id },
    ]);
    expect(callOf(handle).submissions.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'accepted']);
    expect([callOf(handle).status, stage.provider.paid()]).toEqual(['completed', 1]);
  });

  test('and was not taken is proved by the list that a refresh asks again, once the others are known', async () => {
    reset('refuse');
    stage.provider.firstState = 'succeeded';
    const other = await paintedByAnother();
    const handle = await stage.paint({ ...fast, deadlineSeconds: 600 });
    await waitsForProof(handle);
    expect(reconciled(handle)).toEqual([]);
    other.report();
    await handle.signal('refresh');
    await handle.result();
    expect(reconciled(handle)).toMatchObject([{ attempt: 1, outcome: 'refused' }]);
    expect(callOf(handle).submissions.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted']);
    expect(paidForThis()).toBe(1);
  });

  test('and was not taken is proved at the deadline, where the others are known by then', async () => {
    reset('refuse');
    const other = await paintedByAnother();
    let asked = 0;
    stage.provider.interfere = ({ kind }) => {
      if (kind === 'list' && (asked += 1) === looksAtOnce + 1) other.report();
      return false;
    };
    const handle = await stage.paint({ ...fast, deadlineSeconds: 6 });
    await handle.result();
    expect(asked).toBe(2 * looksAtOnce);
    expect(reconciled(handle)).toMatchObject([{ attempt: 1, outcome: 'refused' }]);
    expect(callOf(handle).events.at(-1)).toMatchObject({ data: { error: { code: 'provider_unavailable' } } });
    expect(paidForThis()).toBe(0);
  });

  test('and was not taken is proved by the list, and made again', async () => {
    reset('refuse');
    stage.provider.firstState = 'succeeded';
    const handle = await stage.paint(fast);
    await handle.result();
    expect(reconciled(handle)).toMatchObject([{ attempt: 1, outcome: 'refused' }]);
    expect(callOf(handle).status).toBe('completed');
    expect(callOf(handle).submissions.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted']);
    expect(stage.provider.paid()).toBe(1);
  });

  test('and never comes to be taken ends the call at its limit', async () => {
    reset('refuse', 10);
    const handle = await stage.paint({ ...fast, maxSubmissions: 1 });
    await handle.result();
    expect(callOf(handle).events.at(-1)).toMatchObject({ data: { error: { code: 'provider_unavailable' } } });
    expect(stage.provider.tasks).toEqual([]);
  });

  test('is never taken for a task of the same prompt: two accounts are reset at once', async () => {
    // At once, so that either list shows both.
    const taken: (() => unknown)[] = [];
    stage.provider.interfere = ({ kind }, response) => {
      if (kind !== 'submit') return false;
      taken.push(() => response.socket?.destroy());
      if (taken.length === 2) for (const resetOne of taken) resetOne();
      return true;
    };
    // Longer than the second submission may come after the first.
    const soon = { ...patient, deadlineSeconds: 10 };
    const handles = await Promise.all([stage.paint(soon), stage.paint(soon)]);
    for (const handle of handles) await handle.result();
    expect(stage.provider.paid()).toBe(2);
    const ids = stage.provider.tasks.map(({ id }) => id).toSorted();
    for (const handle of handles) {
      const [finding] = reconciled(handle);
      expect(finding).toMatchObject({ outcome: 'unknown' });
      expect(finding?.candidates?.toSorted()).toEqual(ids);
      expect(callOf(handle).events.at(-1)).toMatchObject({ data: { error: { code: 'submission_outcome_unknown' } } });
      expect(callOf(handle).artifacts).toEqual([]);
    }
    expect(stage.provider.looks()).toBe(0);
  });

  test('is proved absent though others of its time are just being reported', async () => {
    const other = await paintedByAnother();
    let asked = 0;
    reset('refuse');
    stage.provider.firstState = 'succeeded';
    stage.provider.interfere = ({ kind }) => {
      if (kind === 'list' && (asked += 1) === 2) other.report();
      return false;
    };
    const handle = await stage.paint(fast);
    await handle.result();
    expect(asked).toBe(looksAtOnce);
    expect(reconciled(handle)).toMatchObject([{ outcome: 'refused' }]);
    expect(callOf(handle).status).toBe('completed');
  });
});
