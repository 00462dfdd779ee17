import type { Logger } from '@darkroom/platform-logging';
import { connectWorker } from '@darkroom/platform-temporal';
import type { NativeConnection } from '@temporalio/worker';
import { pause } from '../lifecycle/pause.ts';

const firstWaitMs = 500;
const longestWaitMs = 5_000;

/** Connects to Temporal, waiting for it where it is away. Undefined when the process is stopped meanwhile. */
export async function waitForTemporal({
  address,
  logger,
  stopping,
}: {
  address: string;
  logger: Logger;
  stopping: AbortSignal;
}): Promise<NativeConnection | undefined> {
  for (let waitMs = firstWaitMs; !stopping.aborted; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      return await connectWorker({ address });
    } catch (error) {
      logger.warn(
        { address, reason: error instanceof Error ? error.message : String(error) },
        'Temporal is away; waiting for it',
      );
      await pause(waitMs, stopping);
    }
  }
  return undefined;
}
