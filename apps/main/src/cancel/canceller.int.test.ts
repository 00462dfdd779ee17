import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { openInternalSide, type InternalSide } from '../../test/internal-side.ts';
import { testStart } from '../../test/test-engine.ts';
import { until } from '../../test/until.ts';
import { confirmStarted } from '../dispatch/confirm-started.ts';
import { createEngineWatch } from '../engine/engine-watch.ts';
import type { Engine } from '../engine/engine.ts';
import { createTemporalEngine } from '../engine/temporal-engine.ts';
import { startCanceller, type Canceller } from './canceller.ts';

let middleware: TestMiddleware;
let main: InternalSide;
let temporal: TemporalClient;
let engine: Engine;
const cancellers: Canceller[] = [];

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true, temporal: true });
  temporal = connectClient({ ...middleware.temporal, identity: 'test' });
  engine = createTemporalEngine(temporal.client);
});

beforeEach(async () => {
  main = await openInternalSide(await middleware.postgres.createDatabase());
});

afterEach(async () => {
  await Promise.all(cancellers.splice(0).map((canceller) => canceller.stop()));
  await main.close();
});

afterAll(async () => {
  await temporal.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

function cancel(sweepMilliseconds = 50): Canceller {
  const { changing, catalog } = main;
  const engineWatch = createEngineWatch({ engine, logger: changing.logger });
  const canceller = startCanceller({ ...changing, catalog, engine, engineWatch, sweepMilliseconds });
  cancellers.push(canceller);
  return canceller;
}

async function startCall({ integration = 'polling' } = {}): Promise<string> {
  const callId = await main.accept({ integration });
  const { runId } = await engine.start(testStart(callId));
  await confirmStarted(main.changing, callId, runId);
  return callId;
}

async function signalsOf(callId: string): Promise<(string | null | undefined)[]> {
  const { events } = await temporal.client.workflow.getHandle(callId).fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
    signal ? [signal.signalName] : [],
  );
}

const wasSignalled = (callId: string) =>
  until(
    () => main.callOf(callId),
    ({ cancel_signalled_at }) => cancel_signalled_at !== null,
  );
const hasPassed = `cancel_after = now() - interval '1 second'`;

describe('a cancel at a time', () => {
  test('ends a call that was not submitted, and requests the cancel of one that was', async () => {
    const [pending, running, later] = [await main.accept(), await startCall(), await main.accept()];
    await main.claim(running);
    for (const callId of [pending, running]) await main.arrange(callId, hasPassed);
    await main.arrange(later, `cancel_after = now() + interval '1 hour'`);
    cancel();

    await wasSignalled(running);
    expect(await main.callOf(pending)).toMatchObject({ status: 'cancelled' });
    expect(await main.callOf(running)).toMatchObject({ status: 'processing', cancel_requested_at: expect.any(Date) });
    expect(await main.callOf(later)).toMatchObject({ status: 'pending', cancel_requested_at: null });
    const [, request] = await main.eventsOf(pending);
    expect(request).toMatchObject({ type: 'call.cancel_requested', data: { by: 'cancel_after' } });
  });

  test('comes also while Temporal is away', async () => {
    const callId = await main.accept();
    await main.arrange(callId, hasPassed);
    await middleware.temporal.stop();
    cancel();
    await until(
      () => main.callOf(callId),
      ({ status }) => status === 'cancelled',
    );
    await middleware.temporal.start();
  });
});

describe('the workflow of a call', () => {
  test('is told of a cancel once, as soon as it was requested', async () => {
    const callId = await startCall();
    await main.claim(callId);
    const canceller = cancel(3_600_000);
    await main.cancel(callId);
    canceller.wake();
    await wasSignalled(callId);
    canceller.wake();
    await canceller.stop();
    await main.cancel(callId);
    await cancel().stop();
    expect(await signalsOf(callId)).toEqual(['cancel']);
  });

  test('[P1] is told of a cancel that was requested while Temporal was away', async () => {
    const callId = await startCall();
    await main.claim(callId);
    await middleware.temporal.stop();
    await main.cancel(callId);
    const canceller = cancel();
    canceller.wake();
    await expect(engine.signal(callId, 'cancel')).rejects.toThrow();
    expect(await main.callOf(callId)).toMatchObject({ cancel_signalled_at: null });
    await middleware.temporal.start();
    await wasSignalled(callId);
    expect(await signalsOf(callId)).toContain('cancel');
  });

  test('that has ended, or never was, is not asked for again', async () => {
    const [ended, never] = [await startCall(), await main.accept()];
    await temporal.client.workflow.getHandle(ended).terminate('by hand');
    for (const callId of [ended, never]) await main.cancel(callId);
    expect(await engine.signal(ended, 'refresh')).toBe('not_found');
    cancel();
    await wasSignalled(ended);
    await wasSignalled(never);
  });
});
