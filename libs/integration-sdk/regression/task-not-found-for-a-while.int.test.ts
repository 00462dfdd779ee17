import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from '@jest/globals';
import { activityOf, taskOf } from '../test/follow-call.ts';
import { fast } from '../test/poll-stage.ts';
import type { Rig } from '../test/rig.ts';
import { asTaskProvider, type TaskProvider } from '../test/task-provider.ts';
import { createActivities } from '../test/tiny/activities.ts';
import { withFreshRig } from '../test/with-fresh-rig.ts';

const startedAt = Date.now();
let rig: Rig;
let provider: TaskProvider;

withFreshRig((fresh) => {
  rig = fresh.rig;
  provider = asTaskProvider(rig.provider, rig.image);
});

const runId = 'run';
const minuteMs = 60_000;
/** Looks, by a clock that goes on by so many minutes with each, at a task that the provider does not know for so many looks. */
const lookAt = async ({ unknownFor, minutes }: { unknownFor: number; minutes: number }, remembered?: object) => {
  const call = rig.accept(fast, { prompt: 'x' }, { operation: 'paint' });
  provider.firstState = 'succeeded';
  let looks = 0;
  const now = () => new Date(startedAt + looks * minutes * minuteMs);
  const activities = createActivities(await rig.newContext({ now }));
  const given = { call, attempt: 1, reportNumber: 1, sentBefore: 0, again: false };
  const taken = taskOf(await activityOf(call.callId, runId).run(activities.paintSubmit, given));
  provider.refuse = ({ kind }, response) => {
    if (kind !== 'look' || (looks += 1) > unknownFor) return false;
    response.writeHead(404).end('{}');
    return true;
  };
  const task = { ...taken, submittedAt: new Date(startedAt - 60 * minuteMs).toISOString() };
  const limits = { ...call.limits, pollWindowSeconds: 24 * 3600 };
  const activity = new MockActivityEnvironment({
    workflowExecution: { workflowId: call.callId, runId },
    heartbeatDetails: remembered,
  });
  await activity.run(activities.paintPoll, { call: { ...call, limits }, reportNumber: 2, sentBefore: 0, task });
  return { call: rig.main.call(call.callId), looks };
};
const isGone = { type: 'call.failed', data: { error: { code: 'provider_expired' } } };

describe('a task that the provider does not know', () => {
  test('for many looks within ten minutes is waited for: the provider may be failing over', async () => {
    const { call, looks } = await lookAt({ unknownFor: 12, minutes: 0.5 });
    expect([call.status, looks]).toEqual(['completed', 13]);
    expect(provider.paid()).toBe(1);
  });

  test('for ten minutes and five looks is gone', async () => {
    const often = await lookAt({ unknownFor: Infinity, minutes: 1 });
    expect(often.looks).toBe(11);
    expect(often.call.events.at(-1)).toMatchObject(isGone);
    const seldom = await lookAt({ unknownFor: Infinity, minutes: 7 });
    expect(seldom.looks).toBe(5);
    expect(seldom.call.events.at(-1)).toMatchObject(isGone);
  });

  test('is as gone as it was for the execution before', async () => {
    const earlier = { looks: 9, failures: 0, notFound: 4, notFoundSince: startedAt - 10 * minuteMs };
    const { call, looks } = await lookAt({ unknownFor: Infinity, minutes: 0 }, earlier);
    expect(looks).toBe(1);
    expect(call.events.at(-1)).toMatchObject(isGone);
  });
});
