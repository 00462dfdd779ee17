import { pause } from './pause.ts';

const everyMs = 15_000;

/** Sweeps now and every fifteen seconds, one sweep at a time, until the process stops. */
export async function sweepRegularly(sweep: () => Promise<void>, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    await sweep();
    await pause(everyMs, stopping);
  }
}
