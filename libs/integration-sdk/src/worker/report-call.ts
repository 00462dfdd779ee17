import { type CallReport, failure, failureCodeSchema } from '@darkroom/contract';
import type { ReportInput } from '../call/call-activity.schema.ts';
import { toCallReport } from './call-report.ts';
import { deliverReport } from './deliver-report.ts';

type ReportWork = Parameters<typeof toCallReport>[0] & Parameters<typeof deliverReport>[0];

/** Delivers what an earlier activity could not, or that storing was given up. Fails, to be tried again, while `main` is away. */
export async function reportCall(work: ReportWork, input: ReportInput): Promise<CallReport> {
  const report =
    input.kind === 'deliver'
      ? input.report
      : toCallReport(work, { events: [{ type: 'call.failed', data: { error: gaveUp(input) } }] });
  const delivered = await deliverReport(work, report);
  if (!delivered) throw new Error('main took no report yet; it is delivered again.');
  return report;
}

function gaveUp({ code, reason, storageRetrySeconds }: Extract<ReportInput, { kind: 'gave_up_storing' }>) {
  const known = failureCodeSchema.catch('storage_unavailable').parse(code);
  return failure(
    known,
    `The paid result could not be stored within ${storageRetrySeconds} s: ${reason} The provider's answer is kept, and what it holds appears in the call's lateArtifacts once the cause is gone; look there before you make the call again.`,
  );
}
