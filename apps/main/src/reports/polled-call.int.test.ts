import { failure, type ReportedEvent, type WaitingFor } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';
import { presentCall } from '../calls/present-call.ts';
import { confirmStarted } from '../dispatch/confirm-started.ts';

const main = setUpInternalSide();

const submitted: ReportedEvent = {
  type: 'call.submitted',
  data: { attempt: 1, externalId: 'task-9', awaitsResult: true },
};
const progress = (data: Extract<ReportedEvent, { type: 'call.progress' }>['data']): ReportedEvent => ({
  type: 'call.progress',
  data,
});
const reconciled = (data: Extract<ReportedEvent, { type: 'call.submission_reconciled' }>['data']): ReportedEvent => ({
  type: 'call.submission_reconciled',
  data,
});
const unknown: ReportedEvent = {
  type: 'call.submission_unknown',
  data: { attempt: 1, reason: 'The connection was reset.', next: 'reconcile' },
};

const shown = async (callId: string) => presentCall(await main.callOf(callId), 'http://localhost');
const listed = async (callId: string, type: string) =>
  (await main.eventsOf(callId)).filter((event) => event.type === type).map(({ data }) => data);

async function claimedCall(): Promise<string> {
  const callId = await main.accept({ integration: 'polling' });
  await main.claim(callId);
  return callId;
}

describe('a call whose provider gave an id', () => {
  test('generates, tells how far it is, is stored and completed', async () => {
    const callId = await claimedCall();
    await main.report(callId, [submitted]);
    expect(await shown(callId)).toMatchObject({
      progress: { currentStep: 'generating', completedSteps: ['queued', 'submitting'] },
      waitingFor: 'provider',
      externalId: 'task-9',
      submissions: { accepted: 1 },
    });
    await main.report(callId, [progress({ percent: 40 })]);
    expect(await shown(callId)).toMatchObject({
      progress: { currentStep: 'generating', percent: 40 },
      waitingFor: 'provider',
    });

    await main.report(callId, [progress({ currentStep: 'storing' })]);
    const storing = await shown(callId);
    expect(storing.progress).toEqual({
      currentStep: 'storing',
      completedSteps: ['queued', 'submitting', 'generating'],
    });
    expect(storing.waitingFor).toBeUndefined();
    await main.report(callId, [progress({ waitingFor: 'storage' })]);
    expect((await shown(callId)).waitingFor).toBe('storage');
    await main.report(callId, [completed(testArtifact(callId))]);
    expect(await shown(callId)).toMatchObject({
      status: 'completed',
      progress: { completedSteps: ['queued', 'submitting', 'generating', 'storing'] },
    });
  });

  test('shows the provider’s own steps, whatever their names, and completes its own', async () => {
    const callId = await claimedCall();
    await main.report(callId, [submitted]);
    for (const currentStep of ['queued', 'running']) {
      await main.report(callId, [progress({ currentStep })]);
      expect(await shown(callId)).toMatchObject({
        progress: { currentStep, completedSteps: ['queued', 'submitting'] },
        waitingFor: 'provider',
      });
    }
    await main.report(callId, [progress({ currentStep: 'queued' }), progress({ currentStep: 'storing' })]);
    await main.report(callId, [completed(testArtifact(callId))]);
    expect((await shown(callId)).progress.completedSteps).toEqual(['queued', 'submitting', 'generating', 'storing']);
  });

  test('may hold videos, posters and their facts', async () => {
    const callId = await claimedCall();
    const video = { ...testArtifact(callId), contentType: 'video/mp4', durationSeconds: 5.04, frameRate: 24 };
    const poster = { ...testArtifact(callId, { position: 1 }), role: 'last_frame' as const };
    await main.report(callId, [
      submitted,
      { type: 'call.completed', data: { output: {}, artifacts: [video, poster] } },
    ]);
    const rows = await main.database
      .selectFrom('artifacts')
      .select(['duration_seconds', 'frame_rate', 'role'])
      .where('call_id', '=', callId)
      .orderBy('position')
      .execute();
    expect(rows).toEqual([
      { duration_seconds: 5.04, frame_rate: 24, role: null },
      { duration_seconds: null, frame_rate: null, role: 'last_frame' },
    ]);
  });

  test('[P3] a second report of its result changes nothing, and its artifacts are not late', async () => {
    const callId = await claimedCall();
    const artifact = testArtifact(callId);
    await main.report(callId, [submitted, completed(artifact)]);
    const [before, events] = [await main.callOf(callId), await main.eventTypes(callId)];
    const ends: ReportedEvent[] = [completed(artifact), { type: 'call.failed', data: { error: timedOut } }];
    for (const end of ends) {
      const lateArtifacts = { lateArtifacts: [artifact] };
      expect(await main.report(callId, [submitted, end], lateArtifacts)).toEqual({
        applied: false,
        status: 'completed',
      });
    }
    expect(await main.callOf(callId)).toEqual(before);
    expect(await main.eventTypes(callId)).toEqual(events);
    const rows = await main.database.selectFrom('artifacts').select('late').where('call_id', '=', callId).execute();
    expect(rows).toEqual([{ late: false }]);
  });
});

const timedOut = failure('timed_out', 'The provider took too long.');

describe('[P2] a submission of which nobody knows', () => {
  test('and that turns out to be accepted is waited for under its id', async () => {
    const callId = await claimedCall();
    await main.report(callId, [unknown]);
    expect(await shown(callId)).toMatchObject({ waitingFor: 'provider', submissions: { unknown: 1 } });
    await main.report(callId, [
      reconciled({ attempt: 1, outcome: 'accepted', externalId: 'task-7', reason: 'It called back.' }),
    ]);
    expect(await shown(callId)).toMatchObject({
      externalId: 'task-7',
      progress: { currentStep: 'generating' },
      waitingFor: 'provider',
      submissions: { accepted: 1, unknown: 0 },
    });
    expect(await main.claim(callId)).toMatchObject({
      decision: 'already_claimed',
      outcome: 'accepted',
      externalId: 'task-7',
      credentialId: 'testing',
      claimedAt: expect.any(String),
    });
  });

  test('and stays so is told with the tasks that it may be, once', async () => {
    const callId = await claimedCall();
    const data = {
      attempt: 1,
      outcome: 'unknown' as const,
      reason: 'Two tasks fit.',
      candidates: ['task-1', 'task-2'],
    };
    await main.report(callId, [unknown]);
    await main.report(callId, [reconciled(data)]);
    await main.report(callId, [reconciled(data)]);
    expect(await listed(callId, 'call.submission_reconciled')).toEqual([data]);
    expect(await shown(callId)).toMatchObject({ submissions: { claimed: 1, unknown: 1 } });
  });

  test('is not told as unknown once it is known', async () => {
    const callId = await claimedCall();
    await main.report(callId, [unknown, submitted]);
    await main.report(callId, [reconciled({ attempt: 1, outcome: 'unknown', reason: 'Nothing fits.' })]);
    expect(await listed(callId, 'call.submission_reconciled')).toEqual([]);
    expect(await shown(callId)).toMatchObject({ submissions: { accepted: 1, unknown: 0 } });
  });
});

describe('a cancel that the end overtakes', () => {
  const reason = 'The call came to its end before the provider could be asked.';

  test('is answered in the log before the end', async () => {
    const callId = await claimedCall();
    await main.report(callId, [submitted]);
    await main.cancel(callId);
    await main.report(callId, [completed(testArtifact(callId))]);
    expect((await main.eventsOf(callId)).slice(-3)).toMatchObject([
      { type: 'call.cancel_requested' },
      { type: 'call.cancel_result', data: { result: 'not_possible', reason } },
      { type: 'call.completed' },
    ]);
  });

  test('is answered once', async () => {
    const callId = await claimedCall();
    await main.report(callId, [submitted]);
    await main.cancel(callId);
    const data = { result: 'not_possible' as const, reason: 'The provider has begun.' };
    await main.report(callId, [{ type: 'call.cancel_result', data }]);
    await main.report(callId, [completed(testArtifact(callId))]);
    expect(await listed(callId, 'call.cancel_result')).toEqual([data]);
  });
});

test('a call says what it waits for, from the engine to the provider', async () => {
  const callId = await main.accept({ integration: 'polling' });
  const seen: (WaitingFor | undefined)[] = [];
  const look = async () => void seen.push((await shown(callId)).waitingFor);
  await look();
  await confirmStarted(main.changing, callId, 'run');
  await look();
  await main.report(callId, [progress({ waitingFor: 'storage' })]);
  await look();
  await main.claim(callId);
  await look();
  await main.report(callId, [submitted]);
  await look();
  await main.report(callId, [completed(testArtifact(callId))]);
  await look();
  expect(seen).toEqual(['engine', 'slot', 'storage', 'provider', 'provider', undefined]);
});
