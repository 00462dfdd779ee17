import type { ApiInstance } from '../api-instance.ts';
import { batchEventsRoute } from './batch-events.route.ts';
import { cancelBatchRoute, type CancelBatchDependencies } from './cancel-batch.route.ts';
import { getBatchRoute, type GetBatchDependencies } from './get-batch.route.ts';
import { listBatchesRoute } from './list-batches.route.ts';
import { submitBatchRoute, type SubmitBatchDependencies } from './submit-batch.route.ts';

/** Everything below `/v1/batches`. */
export function batchRoutes(
  app: ApiInstance,
  dependencies: SubmitBatchDependencies & GetBatchDependencies & CancelBatchDependencies,
): void {
  app.register((batches: ApiInstance, _options, done) => {
    submitBatchRoute(batches, dependencies);
    done();
  });
  getBatchRoute(app, dependencies);
  listBatchesRoute(app, dependencies);
  cancelBatchRoute(app, dependencies);
  batchEventsRoute(app, dependencies);
}
