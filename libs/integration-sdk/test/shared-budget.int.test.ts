import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import type { SubmitTaskResult } from '../src/call/poll-activity.schema.ts';
import { createPollBudget } from '../src/worker/poll-budget.ts';
import { activityOf } from './follow-call.ts';
import { fast } from './poll-stage.ts';
import { createPretendedClock } from './pretended-clock.ts';
import type { Rig } from './rig.ts';
import { asTaskProvider, type Asked, type TaskProvider } from './task-provider.ts';
import { createActivities } from './tiny/activities.ts';
import { until } from './until.ts';
import { withFreshRig } from './with-fresh-rig.ts';

let rig: Rig;
let provider: TaskProvider;
let stopping: AbortController;

// Before the rig is closed: what waits would ask it.
afterEach(() => stopping.abort());
withFreshRig((fresh) => {
  rig = fresh.rig;
  provider = asTaskProvider(rig.provider, rig.image);
  provider.firstState = 'queued';
  stopping = new AbortController();
});

/** A worker whose budget lives by a clock that stands, and what it asks its provider. */
async function openWorker({ perSecond }: { perSecond: number }) {
  const clock = createPretendedClock();
  const budget = createPollBudget({ perSecond, clock });
  const context = await rig.newContext({ pollBudgetOf: () => budget, stopping: stopping.signal });
  const asked: [Asked['kind'], string | undefined][] = [];
  provider.refuse = ({ kind, task }) => {
    if (kind !== 'submit') asked.push([kind, task?.id]);
    return false;
  };
  return { clock, budget, asked, activities: createActivities(context) };
}

type Activities = ReturnType<typeof createActivities>;

/** A call whose task the provider has taken, and the activities that follow it. */
async function submit(activities: Activities) {
  const call = rig.accept(fast, { prompt: 'x' }, { operation: 'paint' });
  const run = activityOf(call.callId, randomUUID());
  const submission = { call, attempt: 1, reportNumber: 1, sentBefore: 0, again: false };
  const submitted: SubmitTaskResult = await run.run(activities.paintSubmit, submission);
  if (submitted.status !== 'submitted') throw new Error(`The submission is ${submitted.status}.`);
  const { task } = submitted;
  const given = (reportNumber: number) => ({ call, reportNumber, sentBefore: 0, task });
  const inItsOwn = () => activityOf(call.callId, randomUUID());
  return {
    id: task.externalId,
    loop: () => inItsOwn().run(activities.paintPoll, given(2)),
    lookOnce: () => inItsOwn().run(activities.paintPollOnce, given(3)),
    cancel: () => inItsOwn().run(activities.paintCancel, { ...given(4), isStored: false }),
  };
}

test('a Retry-After that one call is told holds back the looks of another one of the same credentials', async () => {
  const { clock, budget, asked, activities } = await openWorker({ perSecond: 2 });
  const told = await submit(activities);
  const other = await submit(activities);
  provider.interfere = ({ task }, response) => {
    if (task?.id !== told.id) return false;
    response.writeHead(429, { 'retry-after': '7' }).end('{}');
    return true;
  };
  expect(await told.lookOnce()).toMatchObject({ status: 'pending' });
  const refreshed = other.lookOnce();
  await until(() => budget.waiting() === 1);
  await clock.run(7_499);
  expect(asked).toEqual([['look', told.id]]);
  await clock.run(1);
  await refreshed;
  expect(asked).toEqual([
    ['look', told.id],
    ['look', other.id],
  ]);
});

test('a cancel asks its provider before all loops that wait for their turn', async () => {
  const { clock, budget, asked, activities } = await openWorker({ perSecond: 1 });
  const waiting = [await submit(activities), await submit(activities)];
  const unwanted = await submit(activities);
  await budget.take();
  const loops = waiting.map(({ loop }) => loop().catch(() => undefined));
  await until(() => budget.waiting() === waiting.length);
  const cancelled = unwanted.cancel();
  for (const questions of [1, 2, 3]) {
    await until(() => budget.waiting() === waiting.length + 1);
    await clock.run(1_000);
    await until(() => asked.length === questions);
  }
  expect(await cancelled).toMatchObject({ status: 'ended' });
  expect(asked).toEqual([
    ['look', unwanted.id],
    ['cancel', unwanted.id],
    ['look', unwanted.id],
  ]);
  stopping.abort();
  await Promise.all(loops);
});
