import { type CallReport, failure } from '@darkroom/contract';
import type { TaskReportInput } from '../call/poll-activity.schema.ts';
import { toCallReport } from './call-report.ts';
import { reportCall } from './report-call.ts';

/** Delivers what an earlier activity could not, or what the workflow alone can know. Fails, to be tried again, while `main` is away. */
export function reportTask(work: Parameters<typeof reportCall>[0], input: TaskReportInput): Promise<CallReport> {
  if (input.kind !== 'timed_out') return reportCall(work, input);
  const { callId, externalId, deadlineSeconds, reason } = input;
  const why = reason === undefined ? '' : ` The last look brought nothing: ${reason}`;
  const error = failure(
    'timed_out',
    `The provider did not finish the task ${externalId} within ${deadlineSeconds} s. It may still finish, and be charged: look at the provider's own records before you make the call again.${why}`,
    // The provider took it: the same call, made again, is paid for again.
    { retryable: false },
  );
  const report = toCallReport(work, { events: [{ type: 'call.failed', data: { error } }] });
  return reportCall(work, { kind: 'deliver', callId, report });
}
