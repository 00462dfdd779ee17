import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outputArtifactSchema, type Call, type CallEvent } from '@darkroom/contract';
import {
  type CallsClient,
  createCallsClient,
  expectNoLeakedProcesses,
  type SimulatorStep,
  startStack,
  type Stack,
  type StackProcess,
  until,
} from '@darkroom/testing';
import { expectStoredImage } from './expect-stored-image.ts';

const calledBack = { integration: 'example', operation: 'text-to-image-callback' };
// The provider takes no address to call back for it, but lists its tasks.
const listed = { integration: 'example', operation: 'text-to-image-polled' };
const video = { integration: 'fangzhou-video-generation', operation: 'text-to-video' };
const paidOnce = { claimed: 1, accepted: 1, refused: 0, unknown: 0 };
const lost: SimulatorStep = { fault: { kind: 'reset_after_accept' } };
// A worker that is lost is noticed after 20 s.
const patienceSeconds = 120;

describe('a submission that got no answer', () => {
  let stack: Stack;
  let worker: StackProcess;
  let alice: CallsClient;
  let bob: CallsClient;
  let idOfKilled: string;

  beforeAll(async () => {
    const shared = { ENABLED_INTEGRATIONS: 'example,fangzhou-video-generation' };
    const limits = {
      example: { deadlineSeconds: 300 },
      'fangzhou-video-generation': { pollFirstSeconds: 0.5, pollIntervalSeconds: 1 },
    };
    stack = await startStack({
      denyList: '',
      mainEnvironment: {
        ...shared,
        OPERATION_LIMITS: JSON.stringify(limits),
        API_KEYS: 'alice:key-of-alice,bob:key-of-bob',
        REQUIRE_API_KEY: 'false',
      },
      workerEnvironment: { ...shared, ABSENCE_PROOF_SECONDS: '8' },
    });
    worker = stack.workers[0] as StackProcess;
    alice = createCallsClient(stack.main.url, { authorization: 'Bearer key-of-alice' });
    bob = createCallsClient(stack.main.url, { authorization: 'Bearer key-of-bob' });
    idOfKilled = await submitAndKill();
  });

  afterAll(async () => {
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  /** Kills the worker when the provider has accepted and not answered yet. */
  const promptOfKilled = 'killed right after the acceptance';
  const submitAndKill = async () => {
    await stack.control.plan({ match: promptOfKilled, latencyMs: 60_000, taskMs: 15_000 });
    const { id } = await stack.submit({ prompt: promptOfKilled, ...calledBack });
    await until('it is accepted', async () => (await stack.control.submissions(promptOfKilled)).accepted === 1);
    await worker.service.kill();
    await worker.start();
    return id;
  };
  const tasksOf = async (prompt: string) =>
    (await stack.control.submissions(prompt)).items.map(({ taskId }) => taskId ?? 'no task');
  /** What the log says of the submissions. */
  const told = (events: CallEvent[]) =>
    events.flatMap(({ type, data }) => (type.startsWith('call.submission') ? [[type, data]] : []));
  const started = (attempt: number) => ['call.submission_started', { attempt }];
  const unknown = ['call.submission_unknown', { attempt: 1, reason: expect.any(String), next: 'reconcile' }];
  const reconciled = (finding: Record<string, unknown>) => [
    'call.submission_reconciled',
    { attempt: 1, reason: expect.any(String), ...finding },
  ];
  const expectUndecided = async (client: CallsClient, call: Call, candidates: unknown) => {
    expect(call).toMatchObject({
      status: 'failed',
      error: { code: 'submission_outcome_unknown', retryable: false },
      submissions: { claimed: 1, accepted: 0, refused: 0, unknown: 1 },
    });
    expect(told(await client.events(call.id))).toEqual([
      started(1),
      unknown,
      reconciled({ outcome: 'unknown', candidates }),
    ]);
  };
  const sizeOf = ({ output }: Call) =>
    outputArtifactSchema
      .array()
      .parse(output?.['images'])
      .map(({ width }) => width);

  test.concurrent(
    '[P1] [P2] the worker killed right after the acceptance: the callback tells whose task it is, and it is paid once',
    async () => {
      const call = await stack.waitForEnd(idOfKilled, patienceSeconds);
      await expectStoredImage(call);
      const [externalId] = await tasksOf(promptOfKilled);
      expect(call).toMatchObject({ externalId, submissions: paidOnce });
      expect(told(await stack.events(idOfKilled))).toEqual([
        started(1),
        unknown,
        reconciled({ outcome: 'accepted', externalId }),
      ]);
      expect((await stack.control.submissions(promptOfKilled)).accepted).toBe(1);
    },
  );

  test.concurrent(
    '[P2] reset, with a callback address: the callback tells whose task it is, and it is paid once',
    async () => {
      const prompt = 'reset and called back';
      await stack.control.plan({ match: prompt, ...lost });
      const { id } = await stack.submit({ prompt, ...calledBack });
      const call = await stack.waitForEnd(id, patienceSeconds);
      await expectStoredImage(call);
      const [externalId] = await tasksOf(prompt);
      expect(call).toMatchObject({ externalId, submissions: paidOnce });
      expect(told(await stack.events(id))).toEqual([
        started(1),
        unknown,
        reconciled({ outcome: 'accepted', externalId }),
      ]);
      expect((await stack.control.submissions(prompt)).accepted).toBe(1);
    },
  );

  test.concurrent(
    '[P2] two accounts, one prompt, both reset, called back: each gets its own result, for one payment each',
    async () => {
      const prompt = 'the same prompt, called back';
      await stack.control.plan({ match: prompt, ...lost });
      const asked = { prompt, ...calledBack };
      const ids = await Promise.all([
        alice.submit({ ...asked, input: { size: '512x512' } }),
        bob.submit({ ...asked, input: { size: '1024x1024' } }),
      ]);
      const [small, large] = await Promise.all([
        alice.waitForEnd(ids[0].id, patienceSeconds),
        bob.waitForEnd(ids[1].id, patienceSeconds),
      ]);
      expect([sizeOf(small), sizeOf(large)]).toEqual([[512], [1024]]);
      expect([small.submissions, large.submissions]).toEqual([paidOnce, paidOnce]);
      expect(new Set([small.externalId, large.externalId])).toEqual(new Set(await tasksOf(prompt)));
      expect((await stack.control.submissions(prompt)).accepted).toBe(2);
    },
  );

  test.concurrent(
    '[P2] two accounts, one prompt, both reset, listed only: both are told of both tasks, and neither gets one',
    async () => {
      const prompt = 'the same prompt, listed';
      await stack.control.plan({ match: prompt, ...lost });
      const asked = { prompt, ...listed };
      const ids = await Promise.all([alice.submit(asked), bob.submit(asked)]);
      const calls = await Promise.all([
        alice.waitForEnd(ids[0].id, patienceSeconds),
        bob.waitForEnd(ids[1].id, patienceSeconds),
      ]);
      const { items, accepted } = await stack.control.submissions(prompt);
      const candidates = [expect.any(String), expect.any(String)];
      await expectUndecided(alice, calls[0], candidates);
      await expectUndecided(bob, calls[1], candidates);
      for (const { data } of [...(await alice.events(ids[0].id)), ...(await bob.events(ids[1].id))])
        if ('candidates' in data) expect(data['candidates']).toEqual(expect.arrayContaining(await tasksOf(prompt)));
      expect(accepted).toBe(2);
      expect(items.map(({ state, polls }) => [state, polls?.count])).toEqual([
        ['succeeded', 0],
        ['succeeded', 0],
      ]);
    },
  );

  test.concurrent('[P2] lost, and its absence proved by the list: it is submitted again, and paid once', async () => {
    const prompt = 'lost on the way to the provider';
    await stack.control.plan({ match: prompt, times: 1, fault: { kind: 'unavailable_html', accepted: false } });
    const { id } = await stack.submit({ prompt, ...video });
    const call = await stack.waitForEnd(id, patienceSeconds);
    expect(call).toMatchObject({
      status: 'completed',
      submissions: { claimed: 2, accepted: 1, refused: 1, unknown: 0 },
    });
    expect(told(await stack.events(id))).toEqual([started(1), unknown, reconciled({ outcome: 'refused' }), started(2)]);
    expect(await stack.control.submissions(prompt)).toMatchObject({ received: 2, accepted: 1 });
  });
});
