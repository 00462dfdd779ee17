import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { openInternalSide, testLimits, type InternalSide } from '../../test/internal-side.ts';
import { aroundStart, testDefinition, testStart } from '../../test/test-engine.ts';
import { until } from '../../test/until.ts';
import { createEngineWatch, type EngineWatch } from '../engine/engine-watch.ts';
import type { Engine } from '../engine/engine.ts';
import { createTemporalEngine } from '../engine/temporal-engine.ts';
import { startDispatcher, type Dispatcher, type DispatcherTiming } from './dispatcher.ts';
import { startableOperations } from './startable-operations.ts';

let middleware: TestMiddleware;
let main: InternalSide;
let temporal: TemporalClient;
let engine: Engine;
let engineWatch: EngineWatch;
const dispatchers: Dispatcher[] = [];

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true, temporal: true });
  temporal = connectClient({ ...middleware.temporal, identity: 'test' });
  engine = createTemporalEngine(temporal.client);
});

beforeEach(async () => {
  main = await openInternalSide(await middleware.postgres.createDatabase());
  engineWatch = createEngineWatch({ engine, logger: main.changing.logger });
});

afterEach(async () => {
  await Promise.all(dispatchers.splice(0).map((dispatcher) => dispatcher.stop()));
  await main.close();
});

afterAll(async () => {
  await temporal.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

function dispatch(using: Engine = engine, timing: Partial<DispatcherTiming> = {}): Dispatcher {
  const dispatcher = startDispatcher({
    ...main.changing,
    engine: using,
    engineWatch,
    operations: startableOperations([testDefinition]),
    storageRetrySeconds: 3600,
    timing: { sweepMilliseconds: 100, expiryMilliseconds: 100, ...timing },
  });
  dispatchers.push(dispatcher);
  return dispatcher;
}

const acceptMany = (count: number) => Promise.all(Array.from({ length: count }, () => main.accept()));
const hasStarted = (callId: string) =>
  until(
    () => main.callOf(callId),
    ({ status }) => status === 'processing',
  );

describe('the dispatcher', () => {
  test('starts a pending call on its queue, tells the operator what it is, and no prompt', async () => {
    const callId = await main.accept();
    dispatch();
    const call = await hasStarted(callId);
    const workflow = await temporal.client.workflow.getHandle(callId).describe();
    expect(call).toMatchObject({ started_run_id: workflow.runId, external_id: callId, lease_until: null });
    expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.processing']);
    expect(workflow).toMatchObject({
      type: 'testWorkflow',
      taskQueue: 'testing-tasks',
      status: { name: 'RUNNING' },
      priority: { fairnessKey: 'default' },
    });
    expect(workflow.memo).toEqual({ callId, integration: 'testing', operation: 'draw' });
    expect(await workflow.staticSummary()).toBe(`testing/draw ${callId}`);
    const { events } = await temporal.client.workflow.getHandle(callId).fetchHistory();
    const input = JSON.parse(
      Buffer.from(events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data ?? []).toString(),
    );
    expect(input).toEqual({
      callId,
      accountId: 'default',
      integration: 'testing',
      operation: 'draw',
      input: { prompt: 'a tree' },
      limits: testLimits,
      acceptedAt: call.queued_at.toISOString(),
      storageRetrySeconds: 3600,
    });
  });

  test('writes that a start is attempted before it attempts it, and holds no connection meanwhile', async () => {
    const callIds = await acceptMany(20);
    const attempted: boolean[] = [];
    let transactionsDuringStart = 0;
    const watched = aroundStart(engine, async (start, callId) => {
      attempted.push((await main.callOf(callId)).start_attempted_at !== null);
      const { rows } = await main.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and query like '%skip locked%'`,
      );
      transactionsDuringStart += rows.length;
      return start();
    });
    dispatch(watched);
    await Promise.all(callIds.map(hasStarted));
    expect([attempted.every(Boolean), attempted.length, transactionsDuringStart]).toEqual([true, 20, 0]);
  });

  test('has at most 16 starts in flight', async () => {
    const callIds = await acceptMany(24);
    let inFlight = 0;
    let most = 0;
    dispatch(
      aroundStart(engine, async (start) => {
        most = Math.max(most, (inFlight += 1));
        return start().finally(() => (inFlight -= 1));
      }),
    );
    await Promise.all(callIds.map(hasStarted));
    expect(most).toBe(16);
  });

  test('never starts a call that another dispatcher has leased, and skips rows that somebody holds', async () => {
    const held = await main.accept();
    const callIds = await acceptMany(30);
    const [one, two] = [aroundStart(engine, (start) => start()), aroundStart(engine, (start) => start())];
    await main.database.transaction().execute(async (transaction) => {
      await transaction.selectFrom('calls').select('id').where('id', '=', held).forUpdate().execute();
      dispatch(one);
      dispatch(two);
      await Promise.all(callIds.map(hasStarted));
      expect((await main.callOf(held)).status).toBe('pending');
    });
    await hasStarted(held);
    for (const callId of [held, ...callIds]) {
      expect((one.starts.get(callId) ?? 0) + (two.starts.get(callId) ?? 0)).toBe(1);
      expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.processing']);
    }
    expect(one.starts.size).toBeGreaterThan(0);
    expect(two.starts.size).toBeGreaterThan(0);
  });

  test('[P1] starts a call whose dispatcher died between its lease and its start, when the lease has run out', async () => {
    const callId = await main.accept();
    await main.arrange(callId, `start_attempted_at = now(), lease_until = now() + interval '1 second'`);
    const { lease_until } = await main.callOf(callId);
    dispatch();
    expect(Number((await hasStarted(callId)).started_at)).toBeGreaterThanOrEqual(Number(lease_until));
  });

  test('[P1] finds the workflow of a dispatcher that died between its start and call.processing, and starts no second one', async () => {
    const callId = await main.accept();
    const deadDispatcher = dispatch(
      aroundStart(engine, async (start) => start().then(() => new Promise<never>(() => undefined))),
      { leaseMilliseconds: 500 },
    );
    dispatchers.pop();
    const runId = await until(
      () =>
        temporal.client.workflow
          .getHandle(callId)
          .describe()
          .then(
            (workflow) => workflow.runId,
            () => undefined,
          ),
      (id) => id !== undefined,
    );
    void deadDispatcher.stop();
    expect((await main.callOf(callId)).status).toBe('pending');

    dispatch();
    expect((await hasStarted(callId)).started_run_id).toBe(runId);
    expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.processing']);
  });

  test('takes a workflow that has even ended for started, and never starts it again', async () => {
    const callId = await main.accept();
    const { runId } = await engine.start(testStart(callId));
    await temporal.client.workflow.getHandle(callId).terminate('test');
    dispatch();
    expect((await hasStarted(callId)).started_run_id).toBe(runId);
  });

  test('comes second where the first report was faster', async () => {
    const callId = await main.accept();
    const slow = aroundStart(engine, async (start) => {
      const started = await start();
      await main.claim(callId, { runId: started.runId });
      return started;
    });
    const dispatcher = dispatch(slow);
    await hasStarted(callId);
    await dispatcher.stop();
    expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.processing', 'call.submission_started']);
  });

  test('leaves calls of an integration that is not enabled waiting', async () => {
    const [disabled, enabled] = [await main.accept({ integration: 'unknown' }), await main.accept()];
    dispatch();
    await hasStarted(enabled);
    expect(await main.callOf(disabled)).toMatchObject({ status: 'pending', start_attempted_at: null });
  });

  test('does not repeat a start that was attempted so long ago that its workflow may be forgotten', async () => {
    const [old, young] = [await main.accept(), await main.accept()];
    await main.arrange(old, `start_attempted_at = now() - interval '1 hour' * 24 * 365`);
    await main.arrange(young, `start_attempted_at = now() - interval '10 minutes'`);
    dispatch();
    await hasStarted(young);
    expect((await main.callOf(old)).status).toBe('pending');
  });

  test('starts a call that asked for a later start only when that has come, and its time to wait begins then', async () => {
    const [later, now] = [await main.accept({ limits: { maxQueueSeconds: 60 } }), await main.accept()];
    await main.arrange(
      later,
      `created_at = now() - interval '1 day', queued_at = now() + interval '1 hour', start_attempted_at = null`,
    );
    dispatch();
    await hasStarted(now);
    expect(await main.callOf(later)).toMatchObject({ status: 'pending', start_attempted_at: null });

    await main.arrange(later, `queued_at = now()`);
    const { queued_at: queuedAt, started_at: startedAt } = await hasStarted(later);
    expect(Number(startedAt)).toBeGreaterThanOrEqual(Number(queuedAt));
  });

  test('ends a call as timed_out that waited longer than it may and was never started', async () => {
    const callId = await main.accept({ limits: { maxQueueSeconds: 60 } });
    await main.arrange(callId, `queued_at = now() - interval '61 seconds'`);
    dispatch();
    const call = await until(
      () => main.callOf(callId),
      ({ status }) => status === 'failed',
    );
    expect(call.error).toMatchObject({ code: 'timed_out', retryable: true });
    expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.failed']);
  });

  test('waits for the starts that are under way when it is stopped', async () => {
    const callId = await main.accept();
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const dispatcher = dispatch(
      aroundStart(engine, async (start) => {
        reached.resolve();
        await gate.promise;
        return start();
      }),
    );
    await reached.promise;
    const stopped = dispatcher.stop();
    gate.resolve();
    await stopped;
    expect((await main.callOf(callId)).status).toBe('processing');
  });
});

describe('while Temporal is away', () => {
  test('[P1] calls are accepted, none is attempted or ended, and all start when it is back', async () => {
    let asked = 0;
    const counted = { retentionSeconds: () => ((asked += 1), engine.retentionSeconds()) };
    engineWatch = createEngineWatch({ engine: counted, logger: main.changing.logger });
    const before = await main.accept();
    const dispatcher = dispatch();
    await hasStarted(before);

    await middleware.temporal.stop();
    await until(
      () => engineWatch.isUp(),
      (isUp) => !isUp,
    );
    const callIds = await acceptMany(20);
    const overdue = await main.accept({ limits: { maxQueueSeconds: 1 } });
    dispatcher.wake();
    const askedWhenAccepted = asked;
    await until(
      () => asked,
      (count) => count >= askedWhenAccepted + 2,
    );
    for (const callId of [...callIds, overdue]) {
      expect(await main.callOf(callId)).toMatchObject({ status: 'pending', start_attempted_at: null });
    }

    await middleware.temporal.start();
    await Promise.all(callIds.map(hasStarted));
    const ended = await until(
      () => main.callOf(overdue),
      ({ status }) => status !== 'pending',
    );
    expect(ended.error).toMatchObject({ code: 'timed_out' });
  });

  test('[P1] a call whose start was under way when Temporal went is given back, and starts before its lease runs out', async () => {
    const callId = await main.accept();
    const leaseMilliseconds = 3_600_000;
    let broken = false;
    const breaking = aroundStart(engine, async (start) => {
      if (broken) return start();
      broken = true;
      await middleware.temporal.stop();
      throw new Error('the connection was lost');
    });
    dispatch(breaking, { leaseMilliseconds });
    const givenBack = await until(
      () => main.callOf(callId),
      (call) => call.start_attempted_at !== null && call.lease_until === null,
    );
    expect(givenBack.status).toBe('pending');
    await middleware.temporal.start();
    await hasStarted(callId);
    expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.processing']);
  });
});
