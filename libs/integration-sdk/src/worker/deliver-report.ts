import type { CallReport } from '@darkroom/contract';
import type { CallWork } from './call-work.ts';
import { messageOf } from './error-message.ts';
import { pause } from './pause.ts';

type Deliverer = Pick<CallWork, 'logger'> & { context: Pick<CallWork['context'], 'main'>; call: { callId: string } };

const defaultPatienceMs = 30_000;
const firstWaitMs = 200;
const longestWaitMs = 5_000;

/**
 * Hands a report to `main`, trying for a while. Answers whether it was taken: a report for a call that has ended is, and one
 * for a call that `main` does not know needs nobody any more.
 */
export async function deliverReport(
  { context, call, logger }: Deliverer,
  report: CallReport,
  { patienceMs = defaultPatienceMs }: { patienceMs?: number } = {},
): Promise<boolean> {
  const giveUpAt = Date.now() + patienceMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      const answer = await context.main.report(call.callId, report);
      if (!answer?.applied)
        logger.info(
          { report_id: report.reportId, status: answer?.status ?? 'unknown' },
          'the call had ended before the report',
        );
      return true;
    } catch (error) {
      logger.warn({ report_id: report.reportId, reason: messageOf(error) }, 'main did not take the report yet');
      if (Date.now() + waitMs > giveUpAt) return false;
      await pause(waitMs);
    }
  }
}
