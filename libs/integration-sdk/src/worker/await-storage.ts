import type { FruitlessResult } from '../call/call-activity.schema.ts';
import { toCallReport } from './call-report.ts';
import type { CallWork } from './call-work.ts';
import { deliverReport } from './deliver-report.ts';
import { pause } from './pause.ts';

const longestWaitMs = 5 * 60_000;
const reportPatienceMs = 5_000;

/** Waits while storage, or the spool, takes nothing. One for each execution. */
export interface StorageWait {
  /** Waits a moment; answers a result when the activity should be handed back instead. */
  pauseFor(seconds: number, reason: string): Promise<FruitlessResult | undefined>;
}

/**
 * A call that waits for storage has paid nothing. It says so once, and waits in a cheap sleep; after five minutes, and when
 * the worker stops, it is handed back, so that any worker can go on.
 */
export function createStorageWait(work: CallWork): StorageWait {
  const startedAt = Date.now();
  let said = false;

  async function sayOnce(reason: string): Promise<void> {
    if (said) return;
    said = true;
    work.logger.warn({ reason }, 'storage takes nothing, the call waits and nothing is paid');
    const reporter = { ...work, reportId: `${work.reportId}.1` };
    const report = toCallReport(reporter, { events: [{ type: 'call.progress', data: { waitingFor: 'storage' } }] });
    await deliverReport(work, report, { patienceMs: reportPatienceMs });
  }

  return {
    async pauseFor(seconds, reason) {
      await sayOnce(reason);
      const { stopping } = work.context;
      if (stopping.aborted || Date.now() - startedAt > longestWaitMs)
        return { status: 'waiting', for: 'storage', afterSeconds: seconds };
      await pause(seconds * 1000, stopping);
      return undefined;
    },
  };
}
