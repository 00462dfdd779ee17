import { type CallReport, failure } from '@darkroom/contract';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { Client, Connection, defaultPayloadConverter, type WorkflowHandle } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { activityOf } from './follow-call.ts';
import { fast } from './poll-stage.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { openRig, type Rig, temporalSlots } from './rig.ts';
import { runTinyWorker, taskQueue, type TinyTemporal } from './temporal-worker.ts';
import { createActivities } from './tiny/activities.ts';

let middleware: TestMiddleware;
let rig: Rig;
let client: Client;
let worker: TinyTemporal | undefined;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true, objectStore: true });
  rig = await openRig(middleware.objectStore);
  const { address, namespace } = middleware.temporal;
  client = new Client({ connection: await Connection.connect({ address }), namespace });
});
afterAll(async () => {
  await client.connection.close();
  await rig.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});
afterEach(async () => {
  jest.useRealTimers();
  await runWorker(undefined);
});

/** In place of the one before; with no slots it runs workflows only. */
async function runWorker(slots: number | undefined): Promise<void> {
  const before = worker;
  worker = undefined;
  await before?.close();
  if (slots !== undefined) worker = await runTinyWorker(middleware.temporal, await rig.newContext(), slots);
}

const accept = (operation: 'draw' | 'paint') => rig.accept(fast, { prompt: 'x' }, { operation });
const reportOf = (callId: string): CallReport => ({
  reportId: 'run:1',
  runId: 'run',
  workflowId: callId,
  events: [{ type: 'call.failed', data: { error: failure('provider_failed', 'no ink') } }],
});
const endsOf = (callId: string) => rig.main.call(callId).events.map(({ type }) => type);

/** Takes the next activity, as a worker would of which nothing is heard then. */
const takeActivity = () => {
  const poll = { namespace: client.options.namespace, taskQueue: { name: taskQueue }, identity: 'silent-worker' };
  return client.withDeadline(Date.now() + 30_000, () => client.workflowService.pollActivityTaskQueue(poll));
};
/** Takes the submission of one of the calls: it ended without a result, and main did not answer. */
const endUnreported = async () => {
  const { taskToken, workflowExecution } = await takeActivity();
  const report = reportOf(workflowExecution?.workflowId ?? '');
  const result = { payloads: [defaultPayloadConverter.toPayload({ status: 'ended', report, reported: false })] };
  const { namespace } = client.options;
  await client.workflowService.respondActivityTaskCompleted({ namespace, taskToken, result });
};

const heartbeat = 4;
const lastStart = async (handle: WorkflowHandle) =>
  ((await handle.fetchHistory()).events ?? [])
    .flatMap(({ activityTaskStartedEventAttributes: started }) => started ?? [])
    .at(-1);

describe('a report', () => {
  test('that is lost with its worker, or on the way to one, is made again after 20 seconds, and counts once', async () => {
    const calls = [accept('draw'), accept('paint')];
    await runWorker(0);
    for (const call of calls) await worker?.start(call);
    for (let ended = 0; ended < calls.length; ended += 1) await endUnreported();
    const lost = [await takeActivity(), await takeActivity()];
    expect(lost.map(({ activityType }) => activityType?.name).sort()).toEqual(['paintReport', 'reportCall']);

    await runWorker(temporalSlots);
    for (const { callId } of calls) {
      const handle = client.workflow.getHandle(callId);
      expect(await handle.result()).toEqual(reportOf(callId));
      expect(endsOf(callId)).toEqual(['call.failed']);
      expect(await lastStart(handle)).toMatchObject({
        attempt: 2,
        lastFailure: { timeoutFailureInfo: { timeoutType: heartbeat } },
      });
    }
  });

  test.each([
    ['reportCall', 'draw'],
    ['paintReport', 'paint'],
  ] as const)(
    'that main is slow to take is not given up: its worker says that it is alive (%s)',
    async (name, operation) => {
      const answered = Promise.withResolvers<void>();
      const report: Rig['main']['report'] = (...said) => answered.promise.then(() => rig.main.report(...said));
      const activities = createActivities(await rig.newContext({ main: { ...rig.main, report } }));
      const { callId } = accept(operation);
      const environment = activityOf(callId, 'run');
      let beats = 0;
      environment.on('heartbeat', () => (beats += 1));

      jest.useFakeTimers();
      const input = { kind: 'deliver', callId, report: reportOf(callId) } as const;
      const reported = environment.run(activities[name], input);
      await jest.advanceTimersByTimeAsync(15_000);
      expect([beats, endsOf(callId)]).toEqual([3, []]);
      answered.resolve();
      await reported;
      expect(endsOf(callId)).toEqual(['call.failed']);
    },
  );
});
