import type { Logger } from '@darkroom/integration-sdk/worker';
import type { InternalApi } from '../main-api/internal-api.ts';

/** What the activities of Darkroom's own workflows work with. */
export interface PlatformContext {
  internalApi: InternalApi;
  logger: Logger;
  /** Aborted when the process stops: what only waits hands itself over to another worker. */
  stopping: AbortSignal;
}
