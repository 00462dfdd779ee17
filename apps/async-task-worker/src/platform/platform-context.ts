import type { Logger } from '@darkroom/integration-sdk/worker';
import type { GuardedClient } from '@darkroom/platform-http';
import type { Config } from '../config.ts';
import type { InternalApi } from '../main-api/internal-api.ts';

/** What the activities of Darkroom's own workflows work with. */
export interface PlatformContext {
  internalApi: InternalApi;
  /** Reaches addresses that users name. */
  guardedClient: Pick<GuardedClient, 'post'>;
  email: Config['email'];
  logger: Logger;
  /** Aborted when the process stops: what only waits hands itself over to another worker. */
  stopping: AbortSignal;
}
