import type { Logger } from '@darkroom/platform-logging';
import { isObjectStoreError, type ObjectStore } from '@darkroom/platform-object-store';
import { pause } from './pause.ts';

const firstWaitMs = 500;
const longestWaitMs = 10_000;

/** Makes sure that the bucket is there, waiting while storage is away. Fails where a right is missing, which waiting does not mend. */
export async function ensureBucket({
  objectStore,
  logger,
  stopping,
}: {
  objectStore: ObjectStore;
  logger: Logger;
  stopping: AbortSignal;
}): Promise<void> {
  for (let waitMs = firstWaitMs; !stopping.aborted; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      return await objectStore.ensureBucket();
    } catch (error) {
      if (!isObjectStoreError(error) || !error.retryable) throw error;
      logger.warn({ reason: error.message }, 'object storage is away; waiting for it');
      await pause(waitMs, stopping);
    }
  }
}
