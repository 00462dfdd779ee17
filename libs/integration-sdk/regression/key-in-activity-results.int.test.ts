import { describe, expect, test } from '@jest/globals';
import type { UnclearSubmission } from '../src/call/poll-activity.schema.ts';
import { activityOf, taskOf } from '../test/follow-call.ts';
import { fast } from '../test/poll-stage.ts';
import { type Rig, secret } from '../test/rig.ts';
import { type Asked, asTaskProvider, type TaskProvider } from '../test/task-provider.ts';
import { createActivities } from '../test/tiny/activities.ts';
import { until } from '../test/until.ts';
import { withFreshRig } from '../test/with-fresh-rig.ts';

let rig: Rig;
let provider: TaskProvider;

withFreshRig((fresh) => {
  rig = fresh.rig;
  provider = asTaskProvider(rig.provider, rig.image);
});

const runId = 'run';
const accept = () => rig.accept(fast, { prompt: 'x' }, { operation: 'paint' });
/** Every such request is answered with the key and with more words than a result has room for. */
const leakKeyOn = (kind: Asked['kind'], status: number) => {
  provider.refuse = (asked, response) => {
    if (asked.kind !== kind) return false;
    response.writeHead(status).end(`upstream refused key ${asked.authorization} ${'and so on '.repeat(500)}`);
    return true;
  };
};
const submit = async (call: ReturnType<typeof accept>) =>
  activityOf(call.callId, runId).run(createActivities(await rig.newContext()).paintSubmit, {
    call,
    attempt: 1,
    reportNumber: 1,
    sentBefore: 0,
    again: false,
  });
const expectClean = (result: unknown, status: string) => {
  expect(result).toMatchObject({ status });
  expect(JSON.stringify(result)).not.toContain(secret);
  const reason = /"reason":"([^"]*)"/.exec(JSON.stringify(result))?.[1];
  expect(reason).toContain('upstream refused key [secret] and so on');
  expect(String(reason).length).toBeLessThanOrEqual(2048);
};

describe('[P6] what goes into the history of a workflow holds no key that the provider repeated', () => {
  test('where it does not tell whether it took the submission', async () => {
    leakKeyOn('submit', 500);
    const result = await submit(accept());
    expectClean(result, 'unclear');
  });

  test('where a look is refused', async () => {
    const call = accept();
    const task = taskOf(await submit(call));
    leakKeyOn('look', 401);
    const { paintPollOnce } = createActivities(await rig.newContext());
    const input = { call, reportNumber: 2, sentBefore: 0, task };
    const result = await activityOf(call.callId, runId).run(paintPollOnce, input);
    expectClean(result, 'pending');
  });

  test('where its list cannot be read', async () => {
    const call = accept();
    const { externalId: _taken, submittedAt: claimedAt, ...task } = taskOf(await submit(call));
    rig.main.call(call.callId).submissions.forEach((submission) => (submission.outcome = 'unknown'));
    leakKeyOn('list', 401);
    const submission: UnclearSubmission = {
      ...task,
      claimedAt,
      endedAt: claimedAt,
      reason: 'reset',
      byCallback: false,
      byListing: true,
    };
    const { paintReconcile } = createActivities(await rig.newContext());
    const input = { call, reportNumber: 2, sentBefore: 0, submission, by: { way: 'ask_list' as const } };
    const result = await activityOf(call.callId, runId).run(paintReconcile, input);
    expectClean(result, 'unproven');
  });

  test('where it stands in the name of a step, which heartbeats carry', async () => {
    const call = accept();
    const task = taskOf(await submit(call));
    provider.interfere = ({ kind, authorization }, response) => {
      if (kind !== 'look') return false;
      response.writeHead(200).end(JSON.stringify({ state: `waits for ${authorization}` }));
      return true;
    };
    const stopping = new AbortController();
    const { paintPoll } = createActivities(await rig.newContext({ stopping: stopping.signal }));
    const activity = activityOf(call.callId, runId);
    const heartbeats: unknown[] = [];
    activity.on('heartbeat', (details: unknown) => heartbeats.push(details));
    const polling = activity.run(paintPoll, { call, reportNumber: 2, sentBefore: 0, task });
    await until(() => heartbeats.length >= 2);
    stopping.abort();
    await expect(polling).rejects.toMatchObject({ type: 'waiting' });
    expect(heartbeats.at(-1)).toMatchObject({ step: 'waits for [secret]' });
    expect(JSON.stringify(heartbeats)).not.toContain(secret);
    expect(rig.main.call(call.callId).events.filter(({ type }) => type === 'call.progress')).toHaveLength(1);
  });
});
