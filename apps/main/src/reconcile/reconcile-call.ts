import { callReportSchema, isTerminal } from '@darkroom/contract';
import { callLogger } from '@darkroom/platform-logging';
import { CallTransitionError } from '../calls/call-state-machine.ts';
import type { CallChanging } from '../calls/change-call.ts';
import { lockCall, type LockedCall } from '../calls/lock-call.ts';
import { confirmStarted } from '../dispatch/confirm-started.ts';
import { queueTimeOut } from '../dispatch/end-expired-calls.ts';
import type { Engine } from '../engine/engine.ts';
import { applyReport } from '../reports/apply-report.ts';
import { decide, type Findings, type Verdict } from './decide.ts';
import { endBySubmissions } from './end-by-submissions.ts';

export interface Reconciling extends CallChanging {
  engine: Engine;
  /** Wakes the dispatcher. */
  dispatch: () => void;
  storageRetrySeconds: number;
}

export interface LookOptions {
  callId: string;
  withinMilliseconds: number;
  marginSeconds: number;
  retentionSeconds: number;
}

/** Asks the engine what a call's workflow does and acts on its answer. Rejects, and changes nothing, where it gives none. */
export async function reconcileCall(reconciling: Reconciling, options: LookOptions): Promise<void> {
  const { callId, withinMilliseconds } = options;
  const { database } = reconciling;
  const before = await database
    .selectFrom('calls')
    .select(['status', 'started_run_id'])
    .where('id', '=', callId)
    .executeTakeFirst();
  if (before === undefined || isTerminal(before.status)) return;
  const look = await reconciling.engine.look(callId, { withinMilliseconds });
  const findings = await readFindings(reconciling, { ...options, look });
  if (findings === undefined || !isUnchanged(before, findings.call)) return;
  const verdict = decide(findings);
  if (verdict.kind === 'leave') return;
  callLogger(reconciling.logger, { callId, workflowId: callId }).info(
    { look: look.kind, verdict: verdict.kind },
    'reconciling',
  );
  await act(reconciling, callId, verdict);
}

/** Where the call moved while the engine was asked, the answer may be of a workflow that was not yet started. */
function isUnchanged(
  before: Pick<LockedCall, 'status' | 'started_run_id'>,
  now: Pick<LockedCall, 'status' | 'started_run_id'>,
): boolean {
  return before.status === now.status && before.started_run_id === now.started_run_id;
}

async function readFindings(
  { database, storageRetrySeconds }: Reconciling,
  { callId, look, marginSeconds, retentionSeconds }: LookOptions & Pick<Findings, 'look'>,
): Promise<(Findings & { call: LockedCall }) | undefined> {
  return database.transaction().execute(async (transaction) => {
    const call = await lockCall(transaction, callId);
    if (call === undefined || isTerminal(call.status)) return undefined;
    const inSpool = await transaction
      .selectFrom('spool')
      .select('attempt')
      .where('call_id', '=', callId)
      .limit(1)
      .executeTakeFirst();
    return { call, look, spooled: inSpool !== undefined, marginSeconds, retentionSeconds, storageRetrySeconds };
  });
}

async function act(
  reconciling: Reconciling,
  callId: string,
  verdict: Exclude<Verdict, { kind: 'leave' }>,
): Promise<void> {
  switch (verdict.kind) {
    case 'dispatch':
      return reconciling.dispatch();
    case 'confirm':
      return confirmStarted(reconciling, callId, verdict.runId);
    case 'apply_result':
      return applyResult(reconciling, callId, verdict.runId);
    case 'end':
      return endBySubmissions(reconciling, callId, { reason: verdict.reason });
    case 'end_waiting':
      return endBySubmissions(reconciling, callId, {
        reason: 'Its workflow never started.',
        nothingClaimed: queueTimeOut,
      });
    case 'terminate': {
      const { runId, reason } = verdict;
      const terminated = await reconciling.engine.terminate(callId, { runId, reason });
      if (terminated) await endBySubmissions(reconciling, callId, { reason, nothingClaimed: queueTimeOut });
    }
  }
}

async function applyResult(reconciling: Reconciling, callId: string, runId: string): Promise<void> {
  const report = callReportSchema.safeParse(await reconciling.engine.result(callId, runId));
  if (report.success && (await endsTheCall(reconciling, callId, report.data))) return;
  await endBySubmissions(reconciling, callId, {
    reason: 'Its workflow returned, and what it returned does not end the call.',
  });
}

async function endsTheCall(
  reconciling: Reconciling,
  callId: string,
  report: Parameters<typeof applyReport>[2],
): Promise<boolean> {
  try {
    const answer = await applyReport(reconciling, callId, report);
    return answer !== undefined && isTerminal(answer.status);
  } catch (error) {
    if (!(error instanceof CallTransitionError)) throw error;
    callLogger(reconciling.logger, { callId, workflowId: callId }).warn({ error }, 'the last report cannot be applied');
    return false;
  }
}
