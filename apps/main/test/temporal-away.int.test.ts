import { describe, expect } from '@jest/globals';
import type { AsyncTask, Problem } from '@darkroom/contract';
import { createEngineWatch } from '../src/engine/engine-watch.ts';
import { connectTasks } from '../src/tasks/declared-tasks.ts';
import { cancelling, hasPassed } from './cancelling.ts';
import { dispatching } from './dispatching.ts';
import { type RequestOptions, startPublicApi } from './public-api.ts';
import { reconciling } from './reconciling.ts';
import { setUpOutage } from './set-up-outage.ts';
import { startingBatches } from './starting-batches.ts';
import { aroundStart } from './test-engine.ts';
import { tiny } from './tiny-tasks.ts';
import { until } from './until.ts';

const { story } = setUpOutage();

describe('while Temporal is away', () => {
  story(
    '[P1] calls are accepted, none is attempted or ended, and all start when it is back',
    async (main, { untilGone, untilBack }) => {
      const { dispatch, acceptMany, hasStarted } = dispatching(main);
      let asked = 0;
      const counted = { retentionSeconds: () => ((asked += 1), main.engine.retentionSeconds()) };
      const engineWatch = createEngineWatch({ engine: counted, logger: main.changing.logger });
      const before = await main.accept();
      const dispatcher = dispatch({ engineWatch });
      await hasStarted(before);

      await untilGone();
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

      await untilBack();
      await Promise.all(callIds.map(hasStarted));
      const ended = await until(
        () => main.callOf(overdue),
        ({ status }) => status !== 'pending',
      );
      expect(ended.error).toMatchObject({ code: 'timed_out' });
    },
  );

  story(
    '[P1] a call whose start was under way when Temporal went is given back, and starts before its lease runs out',
    async (main, { untilGone, untilBack }) => {
      const { dispatch, hasStarted } = dispatching(main);
      const callId = await main.accept();
      let broken = false;
      const breaking = aroundStart(main.engine, async (start) => {
        if (broken) return start();
        broken = true;
        await untilGone();
        throw new Error('the connection was lost');
      });
      dispatch({ engine: breaking, timing: { leaseMilliseconds: 3_600_000 } });
      const givenBack = await until(
        () => main.callOf(callId),
        (call) => call.start_attempted_at !== null && call.lease_until === null,
        // It begins before the others have come as far.
        90,
      );
      expect(givenBack.status).toBe('pending');
      await untilBack();
      await hasStarted(callId);
      expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.processing']);
    },
  );

  story('a cancel at a time comes all the same', async (main, { untilGone, untilBack }) => {
    const callId = await main.accept();
    await main.arrange(callId, hasPassed);
    await untilGone();
    cancelling(main).cancel();
    await until(
      () => main.callOf(callId),
      ({ status }) => status === 'cancelled',
    );
    await untilBack();
  });

  story(
    '[P1] a cancel can be requested, and the workflow of the call is told of it when Temporal is back',
    async (main, { untilGone, untilBack }) => {
      const { cancel, startCall, signalsOf, wasSignalled } = cancelling(main);
      const callId = await startCall();
      await main.claim(callId);
      await untilGone();
      await main.cancel(callId);
      const canceller = cancel();
      canceller.wake();
      await expect(main.engine.signal(callId, 'cancel')).rejects.toThrow();
      expect(await main.callOf(callId)).toMatchObject({ cancel_signalled_at: null });
      await untilBack();
      await wasSignalled(callId);
      expect(await signalsOf(callId)).toContain('cancel');
    },
  );

  story('batches are accepted, and start when it is back', async (main, { untilGone, untilBack }) => {
    const { accept, start, untilRunning } = startingBatches(main);
    await untilGone();
    const batchId = await accept();
    start();
    await untilBack();
    await untilRunning(batchId);
  });

  story('no call is ended: an answer is waited for', async (main, { untilGone, untilBack }) => {
    const { reconcile, startCall, workflowOf, hasEnded } = reconciling(main);
    const { callId } = await startCall();
    await workflowOf(callId).terminate('by hand');
    await untilGone();
    const reconciler = reconcile();
    await main.engineWatch.check();
    reconciler.noteRead(await main.callOf(callId));
    await expect(main.engine.look(callId, { withinMilliseconds: 500 })).rejects.toThrow();
    expect((await main.callOf(callId)).status).toBe('processing');
    await untilBack();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'terminated' });
  });

  story(
    'a task that is submitted is answered 503 with Retry-After, and sent again it is started once',
    async (main, { untilGone, untilBack }) => {
      const { address, namespace } = main.middleware.temporal;
      const tasks = await connectTasks({ definitions: [tiny], enabled: [tiny], temporal: { address, namespace } });
      const api = await startPublicApi(await main.middleware.postgres.createDatabase(), { tasks });
      main.endLater(() => api.close());
      const refused = (path: string, options: RequestOptions) => api.request<Problem>(`/v1/tasks/${path}`, options);
      const submit = (body: unknown) => api.request<AsyncTask>('/v1/tasks/tiny_later', { method: 'POST', body });
      // One that has much to do, or is only just back, may refuse now and then.
      const untilServed = <Answer extends { status: number }>(ask: () => Promise<Answer>) =>
        until(ask, ({ status }) => status !== 503);

      const params = { text: 'kept' };
      await untilServed(() => submit({ taskId: 'before', params }));
      await untilGone();
      const body = { taskId: 'while-away', params };
      const refusals = await Promise.all([
        refused('tiny_later', { method: 'POST', body }),
        refused('tiny_later/before', {}),
        refused('tiny_later/before/cancel', { method: 'POST' }),
      ]);
      for (const { status, body: problem, headers } of refusals) {
        expect([status, problem.code, problem.retryable]).toEqual([503, 'engine_unavailable', true]);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(refusals[0].body.detail).toContain('Send it again soon with "taskId": "while-away"');
      await untilBack();
      const started = await untilServed(() => submit(body));
      expect(started.status).toBe(202);
      expect((await untilServed(() => submit(body))).body).toEqual(started.body);
      const before = await untilServed(() => api.request('/v1/tasks/tiny_later/before'));
      expect(before.body).toMatchObject({ status: 'pending' });
    },
  );
});
