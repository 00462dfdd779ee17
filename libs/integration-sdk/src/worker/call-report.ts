import {
  callReportSchema,
  type CallReport,
  maxReportBytes,
  type ReportedEvent,
  type StoredArtifact,
} from '@darkroom/contract';
import type { CallWork } from './call-work.ts';
import { cutLongTexts } from './cut-long-texts.ts';
import { withoutAddresses } from './clean-addresses.ts';
import { withoutSecrets } from './clean-secrets.ts';

// An activity's result holds a report and little else, within the same limit.
const longestReport = maxReportBytes - 512;

type Reporter = Pick<CallWork, 'reportId' | 'runId' | 'workflowId'> & { context: { secrets: readonly string[] } };

/** Builds a report: without secrets and the provider's addresses, checked against the contract, and small enough to be a workflow's return value. */
export function toCallReport(
  { reportId, runId, workflowId, context }: Reporter,
  { events, lateArtifacts }: { events: ReportedEvent[]; lateArtifacts?: StoredArtifact[] },
): CallReport {
  const said = {
    events: withoutAddresses(withoutSecrets(events, context.secrets)).map(cutLongTexts),
    ...(lateArtifacts && { lateArtifacts }),
  };
  const report = callReportSchema.parse({ reportId, runId, workflowId, ...said });
  const bytes = Buffer.byteLength(JSON.stringify(report));
  if (bytes > longestReport) {
    throw new Error(
      `A report of ${bytes} bytes is over the limit of ${longestReport}: the operation's output must hold less.`,
    );
  }
  return report;
}
