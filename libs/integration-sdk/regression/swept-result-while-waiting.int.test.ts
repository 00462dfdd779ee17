import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { CallWorkflowInput } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import type { LookInput } from '../src/call/poll-activity.schema.ts';
import { sweepLocalSpool } from '../src/worker/index.ts';
import { activityOf, taskOf } from '../test/follow-call.ts';
import { workersKilledAt } from '../test/kill-at.ts';
import { fast } from '../test/poll-stage.ts';
import type { Rig, TinyContext } from '../test/rig.ts';
import { asTaskProvider, type TaskProvider } from '../test/task-provider.ts';
import { createActivities } from '../test/tiny/activities.ts';
import { withFreshRig } from '../test/with-fresh-rig.ts';

let rig: Rig;
let provider: TaskProvider;

withFreshRig((fresh) => {
  rig = fresh.rig;
  provider = asTaskProvider(rig.provider, rig.image);
});

const runId = randomUUID();
const run = async (name: 'paintPoll' | 'paintPollOnce' | 'paintStore', input: LookInput, context?: TinyContext) =>
  activityOf(input.call.callId, runId).run(createActivities(context ?? (await rig.newContext()))[name], input);
const looking = async (call: CallWorkflowInput): Promise<LookInput> => {
  const given = { call, attempt: 1, reportNumber: 1, sentBefore: 0, again: false };
  const { paintSubmit } = createActivities(await rig.newContext());
  const task = taskOf(await activityOf(call.callId, runId).run(paintSubmit, given));
  return { call, reportNumber: 9, sentBefore: 0, task };
};
/** A worker is killed when it has downloaded the result; the restarted one sweeps its disk before anybody looks again. */
const resultSwept = async (): Promise<LookInput> => {
  provider.firstState = 'succeeded';
  const input = await looking(rig.accept(fast, { prompt: 'x' }, { operation: 'paint' }));
  const { value: worker } = await workersKilledAt(rig, {
    port: 'objectStore',
    method: 'putIfAbsent',
    when: 'before',
  }).next();
  void run('paintPoll', input, worker.context);
  await worker.killed;
  const context = await rig.newContext();
  createActivities(context);
  await sweepLocalSpool(context);
  expect(await readdir(rig.spoolDirectory)).toEqual([]);
  // From now on the provider has neither the task nor its file.
  provider.refuse = ({ kind }, response) => {
    if (kind === 'look' || kind === 'download') response.writeHead(404).end('{}');
    return kind === 'look' || kind === 'download';
  };
  return input;
};

describe('[P1] a result that a killed worker left and a sweep gave to main while its call goes on', () => {
  test.each(['paintPoll', 'paintPollOnce'] as const)('is what %s finds', async (look) => {
    const input = await resultSwept();
    const result = await run(look, input);
    expect(result).toMatchObject({ status: 'spooled' });
    await run('paintStore', { ...input, reportNumber: 10 });
    const { status, artifacts, lateArtifacts, spool } = rig.main.call(input.call.callId);
    expect([status, artifacts.length, lateArtifacts.length, spool.size]).toEqual(['completed', 1, 0, 0]);
    expect([provider.paid(), provider.downloads]).toEqual([1, 1]);
  });

  test('keeps no look from being made while main is away', async () => {
    provider.firstState = 'failed';
    const input = await looking(rig.accept(fast, { prompt: 'x' }, { operation: 'paint' }));
    const context = await rig.newContext();
    const getSpool = () => Promise.reject(new Error('main is away'));
    expect(await run('paintPollOnce', input, { ...context, main: { ...context.main, getSpool } })).toMatchObject({
      status: 'ended',
    });
  });
});
