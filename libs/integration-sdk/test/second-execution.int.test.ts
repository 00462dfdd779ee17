import type { CallWorkflowInput } from '@darkroom/contract';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SubmitInput } from '../src/call/call-activity.schema.ts';
import { activityOf } from './follow-call.ts';
import type { Rig } from './rig.ts';
import { tinyCalls } from './tiny-calls.ts';
import { createActivities } from './tiny/activities.ts';
import { until } from './until.ts';
import { withFreshRig } from './with-fresh-rig.ts';

let rig: Rig;

withFreshRig((fresh) => ({ rig } = fresh));
const { submit, eventsOf } = tinyCalls(() => rig);

describe('[P2] a second execution of an attempt whose first one still works', () => {
  let answerNow: () => void;
  beforeEach(() => {
    const { answer } = rig.provider;
    const held = Promise.withResolvers<void>();
    answerNow = held.resolve;
    rig.provider.answer = (request, response) => void held.promise.then(() => answer(request, response));
  });
  afterEach(() => answerNow());

  const start = async (call: CallWorkflowInput, { drawAndStore }: ReturnType<typeof createActivities>) => {
    const run = (given: Partial<SubmitInput> = {}) =>
      activityOf(call.callId, 'run').run(drawAndStore, {
        call,
        attempt: 1,
        reportNumber: 1,
        sentBefore: 0,
        again: false,
        ...given,
      });
    const first = run();
    await until(() => rig.provider.paid === 1);
    return { first, run };
  };

  test('in the same process comes to the same result, paid once', async () => {
    const call = rig.accept({ whenOutcomeUnknown: 'resubmit' });
    const { first, run } = await start(call, createActivities(await rig.newContext()));
    rig.main.letPass(call.callId, 31);
    const second = run({ again: true, reportNumber: 2 });
    const afterReset = run();
    answerNow();
    expect(await second).toEqual(await first);
    expect(await afterReset).toEqual(await first);
    expect(await first).toMatchObject({ status: 'ended', reported: true, report: { reportId: 'run:1' } });
    expect(rig.provider.paid).toBe(1);
    expect(rig.main.call(call.callId).events.map(({ type }) => type)).toEqual(['call.submitted', 'call.completed']);
  });

  test('in another process waits while the first one says that it is alive, and follows it up once it is silent', async () => {
    const call = rig.accept({ whenOutcomeUnknown: 'resubmit' });
    const { first } = await start(call, createActivities(await rig.newContext()));
    const again = { again: true, reportNumber: 2 };
    const waiting = await submit(call, {}, again);
    expect(waiting).toMatchObject({ status: 'waiting', for: 'worker' });

    rig.main.letPass(call.callId, 31);
    await until(() => rig.main.lastSeenSecondsAgo(call.callId, 1) < 30);
    expect(await submit(call, {}, again)).toMatchObject({ status: 'waiting', for: 'worker' });
    rig.main.letPass(call.callId, 31);
    expect(await submit(call, {}, again)).toMatchObject({ status: 'retry', sent: true });
    expect(rig.provider.paid).toBe(1);
    answerNow();
    await first;
  });

  test('is not overtaken by an input image that has expired meanwhile', async () => {
    const image = `${rig.provider.url}image.png`;
    const { answer } = rig.provider;
    rig.provider.answer = (request, response) => {
      if (request.method === 'POST') return answer(request, response);
      rig.provider.paid -= 1;
      return void response.writeHead(200).end(rig.image);
    };
    const call = rig.accept({}, { prompt: 'x', image });
    const { first } = await start(call, createActivities(await rig.newContext()));
    const guardedHttp = { download: async () => ({ kind: 'gone', reason: 'The address has expired.' }) as const };
    expect(await submit(call, { guardedHttp })).toMatchObject({ status: 'waiting', for: 'worker' });
    expect(eventsOf(call)).toEqual([]);
    answerNow();
    expect(await first).toMatchObject({ status: 'ended' });
    expect(rig.main.call(call.callId).status).toBe('completed');
  });
});
