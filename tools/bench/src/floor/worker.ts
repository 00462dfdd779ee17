import { createObjectStore } from '@darkroom/platform-object-store';
import { openTemporaryFiles } from '@darkroom/platform-files';
import { createPool } from '@darkroom/platform-postgres';
import { bundleWorkflows, connectWorker } from '@darkroom/platform-temporal';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import Fastify from 'fastify';
import { createFloorActivities } from './activities.ts';
import { createPostActivities } from './post-activities.ts';
import { createWaitingActivities } from './waiting-activities.ts';
import { loadFloorConfig } from './config.ts';
import { stepActivities } from './step-activities.ts';
import { floorTaskQueue } from './task-queue.ts';

// As many as Darkroom's worker has.
const activitySlots = 2_500;

const { floor, postgres, s3, temporal } = loadFloorConfig();
const pool = createPool({
  connectionString: postgres.url,
  max: postgres.poolSize,
  applicationName: 'bench-floor-worker',
  onConnectionLost: (error) => {
    throw error;
  },
});
const objectStore = createObjectStore(s3);

const temporaryFiles = await openTemporaryFiles(floor.cacheDirectory);

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const connection = await connectWorker({ address: temporal.address });
const worker = await Worker.create({
  connection,
  namespace: temporal.namespace,
  taskQueue: floorTaskQueue,
  workflowBundle: await bundleWorkflows({
    workflowsPath: new URL('workflows.ts', import.meta.url).pathname,
    temporaryFiles,
  }),
  activities: {
    ...createFloorActivities({ pool, objectStore, simulatorUrl: floor.simulatorUrl }),
    ...createWaitingActivities(floor.simulatorUrl),
    ...stepActivities,
    ...createPostActivities(),
  },
  maxConcurrentActivityTaskExecutions: activitySlots,
  maxCachedWorkflows: 200,
});

const health = Fastify();
health.get('/readyz', (_request, reply) => reply.code(worker.getState() === 'RUNNING' ? 200 : 503).send({}));
await health.listen({ host: '127.0.0.1', port: floor.port });

const stop = () => worker.shutdown();
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

await worker.run();
await temporaryFiles.close();
await health.close();
await connection.close();
await pool.end();
objectStore.close();
