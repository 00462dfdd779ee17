import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { failure } from '@darkroom/contract';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { onReadOnly, reconciling } from '../../test/reconciling.ts';
import { setUpBesideTemporal } from '../../test/set-up-beside-temporal.ts';
import { testStart } from '../../test/test-engine.ts';
import { until } from '../../test/until.ts';
import { defaultSpoolLimits, putInSpool } from '../spool/put-in-spool.ts';

const side = reconciling(setUpBesideTemporal());
const { reconcile, startCall, workflowOf, hasEnded, wasLookedAt } = side;

describe('a workflow that an operator terminated', () => {
  test('ends a call that claimed nothing as terminated', async () => {
    const { callId } = await startCall();
    await workflowOf(callId).terminate('by hand');
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({
      code: 'terminated',
      retryable: true,
      message: expect.stringContaining('Nothing was accepted'),
    });
  });

  test('[P2] ends a call whose submissions were all refused as terminated: nothing is in doubt', async () => {
    const { callId } = await startCall();
    await side.main.claim(callId);
    const error = failure('provider_rate_limited', 'Slow down.');
    await side.main.report(callId, [
      { type: 'call.submission_refused', data: { attempt: 1, error, retryInSeconds: 60 } },
    ]);
    await workflowOf(callId).terminate('by hand');
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'terminated', retryable: true });
  });

  test('ends a call as cancelled that was to be cancelled, once its submission was refused, and says what came of the cancel', async () => {
    const { callId } = await startCall({ integration: 'polling' });
    await side.main.claim(callId);
    await side.main.cancel(callId);
    const error = failure('provider_rate_limited', 'Slow down.');
    await side.main.report(callId, [
      {
        type: 'call.submission_refused',
        data: { attempt: 1, error, retryInSeconds: 60 },
      },
    ]);
    await workflowOf(callId).terminate('by hand');
    reconcile();
    expect(await hasEnded(callId)).toMatchObject({ status: 'cancelled', error: null });
    expect((await side.main.eventTypes(callId)).slice(-3)).toEqual([
      'call.submission_refused',
      'call.cancel_result',
      'call.cancelled',
    ]);
  });

  test('[P2] ends a call that had claimed as submission_outcome_unknown, and says so of the submission', async () => {
    const { callId } = await startCall();
    await side.main.claim(callId);
    await workflowOf(callId).terminate('by hand');
    reconcile();
    const call = await hasEnded(callId);
    expect(call.error).toMatchObject({ code: 'submission_outcome_unknown', retryable: false });
    expect(call).toMatchObject({ submissions_claimed: 1, submissions_unknown: 1 });
    expect((await side.main.eventTypes(callId)).slice(2)).toEqual([
      'call.submission_started',
      'call.submission_unknown',
      'call.failed',
    ]);
    const late = testArtifact(callId);
    expect(await side.main.report(callId, [{ type: 'call.submitted', data: { attempt: 1 } }, completed(late)])).toEqual(
      {
        applied: false,
        status: 'failed',
      },
    );
  });

  test('[P5] leaves an answer that main keeps in its spool, and says where it is', async () => {
    const { callId } = await startCall();
    await side.main.claim(callId);
    const bytes = Buffer.from('a paid answer');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const body = (async function* () {
      yield bytes;
    })();
    await putInSpool(side.main.database, defaultSpoolLimits, { callId, attempt: 1, sha256, body });
    await workflowOf(callId).terminate('by hand');
    reconcile();
    expect((await hasEnded(callId)).error?.message).toContain(
      "attempt 1 was paid and is kept: what it holds appears in the call's lateArtifacts",
    );
    expect(
      await side.main.database.selectFrom('spool').select('bytes').where('call_id', '=', callId).execute(),
    ).toEqual([{ bytes: bytes.length }]);
  });
});

describe('a workflow that is gone', () => {
  test('ends a confirmed call by its submissions, and is never started again', async () => {
    const [unclaimed, claimed] = [await startCall(), await startCall()];
    await side.main.claim(claimed.callId);
    for (const { callId } of [unclaimed, claimed]) {
      const { namespace } = side.temporal.client.options;
      await side.temporal.client.workflowService.deleteWorkflowExecution({
        namespace,
        workflowExecution: { workflowId: callId },
      });
      await until(
        () => side.engine.look(callId),
        ({ kind }) => kind === 'not_found',
      );
    }
    reconcile();
    expect((await hasEnded(unclaimed.callId)).error).toMatchObject({ code: 'terminated' });
    expect((await hasEnded(claimed.callId)).error).toMatchObject({ code: 'submission_outcome_unknown' });
    expect((await side.engine.look(unclaimed.callId)).kind).toBe('not_found');
  });

  test('or never was: a start that was attempted long ago and not confirmed ends as terminated', async () => {
    const callId = await side.main.accept();
    await side.main.arrange(callId, `start_attempted_at = now() - interval '1 year'`);
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'terminated' });
    expect(await side.main.eventTypes(callId)).toEqual(['call.accepted', 'call.failed']);
  });

  test('or never was: a call that was attempted and waited longer than it may ends as timed_out', async () => {
    const callId = await side.main.accept({ limits: { maxQueueSeconds: 60 } });
    await side.main.arrange(
      callId,
      `start_attempted_at = now() - interval '50 seconds', queued_at = now() - interval '61 seconds'`,
    );
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'timed_out' });
  });

  test('is the dispatcher’s, where its start was attempted a short time ago', async () => {
    const callId = await side.main.accept();
    await side.main.arrange(callId, `start_attempted_at = now() - interval '1 minute'`);
    const call = await side.main.callOf(callId);
    await side.untilUp();
    const dispatchedBefore = side.dispatched;
    reconcile(onReadOnly).noteRead(call);
    await until(
      () => side.dispatched,
      (count) => count > dispatchedBefore,
    );
    expect((await side.main.callOf(callId)).status).toBe('pending');
  });
});

describe('a start that was never confirmed', () => {
  test('is confirmed, however long ago it was, where its workflow runs', async () => {
    const callId = await side.main.accept();
    const { runId } = await side.engine.start(testStart(callId));
    await side.main.arrange(callId, `start_attempted_at = now() - interval '1 year'`);
    reconcile();
    const call = await until(
      () => side.main.callOf(callId),
      ({ status }) => status !== 'pending',
    );
    expect(call).toMatchObject({ status: 'processing', started_run_id: runId });
  });

  test('and is being made at this moment is left alone', async () => {
    const callId = await side.main.accept();
    await side.main.arrange(
      callId,
      `start_attempted_at = now() - interval '1 year', lease_until = now() + interval '1 hour'`,
    );
    const call = await side.main.callOf(callId);
    await side.untilUp();
    const reconciler = reconcile(onReadOnly);
    reconciler.noteRead(call);
    await wasLookedAt(callId, new Date(0));
    await reconciler.stop();
    expect((await side.main.callOf(callId)).status).toBe('pending');
  });
});
