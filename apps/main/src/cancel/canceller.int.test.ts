import { describe, expect, test } from '@jest/globals';
import { cancelling, hasPassed } from '../../test/cancelling.ts';
import { setUpBesideTemporal } from '../../test/set-up-beside-temporal.ts';
import { until } from '../../test/until.ts';

const main = setUpBesideTemporal();
const { answers, cancel, startCall, signalsOf, wasSignalled } = cancelling(main);

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
});

describe('the workflow of a call', () => {
  test('is told of a cancel once, as soon as it was requested', async () => {
    const callId = await startCall();
    await main.claim(callId);
    answers.length = 0;
    const canceller = cancel(3_600_000);
    await main.cancel(callId);
    // Where Temporal takes its time, the one or the other finds that it does not answer.
    await until(
      () => {
        canceller.wake();
        return main.callOf(callId);
      },
      ({ cancel_signalled_at }) => cancel_signalled_at !== null,
    );
    canceller.wake();
    await canceller.stop();
    await main.cancel(callId);
    await cancel().stop();
    expect([answers, new Set(await signalsOf(callId))]).toEqual([['delivered'], new Set(['cancel'])]);
  });

  test('that has ended, or never was, is not asked for again', async () => {
    const [ended, never] = [await startCall(), await main.accept()];
    await main.temporal.client.workflow.getHandle(ended).terminate('by hand');
    for (const callId of [ended, never]) await main.cancel(callId);
    const told = () => main.engine.signal(ended, 'refresh').catch(() => 'nothing in time');
    expect(await until(told, (answer) => answer !== 'nothing in time')).toBe('not_found');
    cancel();
    await wasSignalled(ended);
    await wasSignalled(never);
  });
});
