import { describe, expect, test } from '@jest/globals';
import { dispatching } from '../../test/dispatching.ts';
import { testLimits } from '../../test/internal-side.ts';
import { setUpBesideTemporal } from '../../test/set-up-beside-temporal.ts';
import { aroundStart, testStart } from '../../test/test-engine.ts';
import { until } from '../../test/until.ts';
import type { Dispatcher } from './dispatcher.ts';

const main = setUpBesideTemporal();
const { dispatch, launch, acceptMany, hasStarted } = dispatching(main);

describe('the dispatcher', () => {
  test('starts a pending call on its queue, tells the operator what it is, and no prompt', async () => {
    const callId = await main.accept();
    dispatch();
    const call = await hasStarted(callId);
    const workflow = await main.temporal.client.workflow.getHandle(callId).describe();
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
    const { events } = await main.temporal.client.workflow.getHandle(callId).fetchHistory();
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
    const begun = new Set<string>();
    let transactionsDuringStart = 0;
    const watched = aroundStart(main.engine, async (start, callId) => {
      begun.add(callId);
      attempted.push((await main.callOf(callId)).start_attempted_at !== null);
      const { rows } = await main.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and query like '%skip locked%'`,
      );
      transactionsDuringStart += rows.length;
      return start();
    });
    dispatch({ engine: watched });
    await Promise.all(callIds.map(hasStarted));
    expect([attempted.every(Boolean), begun.size, transactionsDuringStart]).toEqual([true, 20, 0]);
  });

  test('has at most 16 starts in flight', async () => {
    const callIds = await acceptMany(24);
    let inFlight = 0;
    let most = 0;
    const counted = aroundStart(main.engine, async (start) => {
      most = Math.max(most, (inFlight += 1));
      return start().finally(() => (inFlight -= 1));
    });
    dispatch({ engine: counted });
    await Promise.all(callIds.map(hasStarted));
    expect(most).toBe(16);
  });

  test('never starts a call that another dispatcher has leased, and skips rows that somebody holds', async () => {
    const held = await main.accept();
    const callIds = await acceptMany(30);
    // Nothing is started before both have leased: as fast as one of them is, it has no place for all.
    const leasing = new Set<object>();
    const bothLease = Promise.withResolvers<void>();
    const waitingForOther = () => {
      const own = {};
      return aroundStart(main.engine, async (start) => {
        if (leasing.add(own).size === 2) bothLease.resolve();
        await bothLease.promise;
        return start();
      });
    };
    const [one, two] = [waitingForOther(), waitingForOther()];
    const dispatchers: Dispatcher[] = [];
    await main.database.transaction().execute(async (transaction) => {
      await transaction.selectFrom('calls').select('id').where('id', '=', held).forUpdate().execute();
      dispatchers.push(dispatch({ engine: one }), dispatch({ engine: two }));
      await Promise.all(callIds.map(hasStarted));
      expect((await main.callOf(held)).status).toBe('pending');
    });
    await hasStarted(held);
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
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
    const hanging = aroundStart(main.engine, (start) => start().then(() => new Promise<never>(() => undefined)));
    const deadDispatcher = launch({ engine: hanging, timing: { leaseMilliseconds: 500 } });
    const runId = await until(
      () =>
        main.temporal.client.workflow
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
    const { runId } = await main.engine.start(testStart(callId));
    await main.temporal.client.workflow.getHandle(callId).terminate('test');
    dispatch();
    expect((await hasStarted(callId)).started_run_id).toBe(runId);
  });

  test('comes second where the first report was faster', async () => {
    const callId = await main.accept();
    const slow = aroundStart(main.engine, async (start) => {
      const started = await start();
      await main.claim(callId, { runId: started.runId });
      return started;
    });
    const dispatcher = dispatch({ engine: slow });
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
    const held = aroundStart(main.engine, async (start) => {
      reached.resolve();
      await gate.promise;
      return start();
    });
    const dispatcher = dispatch({ engine: held });
    await reached.promise;
    const stopped = dispatcher.stop();
    gate.resolve();
    await stopped;
    expect((await main.callOf(callId)).status).toBe('processing');
  });
});
