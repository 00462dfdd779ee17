import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { CallWorkflowInput } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { sweepLocalSpool } from '../src/worker/index.ts';
import type { ProviderTask, SubmitTaskResult } from '../src/call/poll-activity.schema.ts';
import { activityOf } from './follow-call.ts';
import { type KillPoint, workersKilledAt } from './kill-at.ts';
import { fast } from './poll-stage.ts';
import type { Rig, TinyContext } from './rig.ts';
import { asTaskProvider, type TaskProvider } from './task-provider.ts';
import { createActivities } from './tiny/activities.ts';
import { until } from './until.ts';
import { withFreshRig } from './with-fresh-rig.ts';

let rig: Rig;
let provider: TaskProvider;

withFreshRig((fresh) => {
  rig = fresh.rig;
  provider = asTaskProvider(rig.provider, rig.image);
});

const accept = () => rig.accept(fast, { prompt: 'x' }, { operation: 'paint' });
const runId = randomUUID();
const submitWith = (context: TinyContext, call: CallWorkflowInput, again = false): Promise<SubmitTaskResult> => {
  const input = { call, attempt: 1, reportNumber: again ? 2 : 1, sentBefore: 0, again };
  return activityOf(call.callId, runId).run(createActivities(context).paintSubmit, input);
};
const poll = (context: TinyContext, call: CallWorkflowInput, task: ProviderTask) => {
  const input = { call, reportNumber: 9, sentBefore: 0, task };
  return activityOf(call.callId, runId).run(createActivities(context).paintPoll, input);
};
const killed = async (point: KillPoint, act: (context: TinyContext) => Promise<unknown>) => {
  const { value: worker } = await workersKilledAt(rig, point).next();
  void act(worker.context);
  await worker.killed;
};
const taskOf = (result: SubmitTaskResult): ProviderTask => {
  if (result.status !== 'submitted') throw new Error(`The submission is ${result.status}.`);
  return result.task;
};

describe('[P2] a worker that is lost while it submits', () => {
  test('after the provider took it leaves it to be found out, and nothing is paid again', async () => {
    const call = accept();
    await killed({ port: 'providerHttp', method: 'send', when: 'after' }, (context) => submitWith(context, call));
    expect(await submitWith(await rig.newContext(), call, true)).toMatchObject({ status: 'waiting' });
    rig.main.letPass(call.callId, 31);
    expect(await submitWith(await rig.newContext(), call, true)).toMatchObject({
      status: 'unclear',
      submission: { attempt: 1, credentialId: 'tiny:test', byCallback: true, byListing: true },
    });
    expect(provider.paid()).toBe(1);
  });

  test.each<[KillPoint['port'], string, KillPoint['when']]>([
    ['localSpool', 'write', 'after'],
    ['main', 'report', 'before'],
    ['main', 'report', 'after'],
    ['localSpool', 'remove', 'before'],
    ['localSpool', 'remove', 'after'],
  ])('at %s.%s, %s it took effect, leaves the id of the task to the next one', async (port, method, when) => {
    const call = accept();
    await killed({ port, method, when }, (context) => submitWith(context, call));
    const task = taskOf(await submitWith(await rig.newContext(), call, true));
    expect(task).toMatchObject({ externalId: provider.tasks[0]?.id, credentialId: 'tiny:test' });
    expect(rig.main.call(call.callId).submissions).toMatchObject([
      { outcome: 'accepted', externalId: task.externalId },
    ]);
    expect(provider.paid()).toBe(1);
  });

  test('and never comes back leaves its answer to the sweep, which tells main', async () => {
    const call = accept();
    await killed({ port: 'main', method: 'report', when: 'before' }, (context) => submitWith(context, call));
    const context = await rig.newContext();
    createActivities(context);
    await sweepLocalSpool(context);
    expect(rig.main.call(call.callId).submissions).toMatchObject([
      { outcome: 'accepted', externalId: provider.tasks[0]?.id },
    ]);
    expect(rig.main.call(call.callId).spool.size).toBe(0);
    expect(await readdir(rig.spoolDirectory)).toEqual([]);
  });
});

describe('[P1] a worker that is lost while it settles a result', () => {
  test.each<[KillPoint['port'], string, KillPoint['when'], downloads: number]>([
    ['localSpool', 'write', 'before', 1],
    ['localSpool', 'write', 'after', 1],
    ['objectStore', 'putIfAbsent', 'before', 1],
    ['objectStore', 'putIfAbsent', 'after', 1],
    ['localSpool', 'remove', 'before', 1],
    ['localSpool', 'remove', 'after', 1],
  ])('at %s.%s, %s it took effect, is followed by another one', async (port, method, when, downloads) => {
    const call = accept();
    provider.firstState = 'succeeded';
    const task = taskOf(await submitWith(await rig.newContext(), call));
    await killed({ port, method, when }, (context) => poll(context, call, task));
    await poll(await rig.newContext(), call, task);
    const { status, artifacts, lateArtifacts } = rig.main.call(call.callId);
    expect([status, artifacts.length, lateArtifacts.length]).toEqual(['completed', 1, 0]);
    expect([provider.paid(), provider.downloads]).toEqual([1, downloads]);
  });
});

describe('looks at a task', () => {
  test('are handed back at once when the worker stops', async () => {
    const call = accept();
    const stopping = new AbortController();
    const task = taskOf(await submitWith(await rig.newContext(), call));
    const polling = poll(await rig.newContext({ stopping: stopping.signal }), call, task);
    await until(() => provider.looks() >= 2);
    stopping.abort();
    await expect(polling).rejects.toMatchObject({ type: 'waiting', nextRetryDelay: 1_000, nonRetryable: false });
  });

  test('use the credentials that made the submission, after a rotation too, and say what is missing', async () => {
    const call = accept();
    provider.firstState = 'succeeded';
    const task = taskOf(await submitWith(await rig.newContext(), call));
    const seen: (string | undefined)[] = [];
    provider.interfere = ({ kind, authorization }) => {
      if (kind === 'look') seen.push(authorization);
      return false;
    };
    const settings = { apiKey: 'the-new-key', url: rig.provider.url };
    const lookOnce = (context: TinyContext) =>
      activityOf(call.callId, runId).run(createActivities(context).paintPollOnce, {
        call,
        reportNumber: 5,
        sentBefore: 0,
        task,
      });
    const forgotten = await rig.newContext({ settings, credentialId: 'tiny:new', settingsOf: () => undefined });
    expect(await lookOnce(forgotten)).toMatchObject({
      status: 'pending',
      reason: expect.stringContaining('TINY_EXTERNAL_API_KEY_PREVIOUS'),
    });
    const rotated = await rig.newContext({ settings, credentialId: 'tiny:new' });
    expect(await lookOnce(rotated)).toMatchObject({ status: 'ended' });
    expect(seen).toEqual(['sk-tiny-very-secret']);
  });
});
