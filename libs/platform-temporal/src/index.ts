export { temporalSettings } from './temporal-settings.ts';
export { taskQueueSettings } from './task-queue-settings.ts';
export { platformQueueSettings } from './platform-queue-settings.ts';
export { connectClient } from './connect-client.ts';
export type { TemporalClient } from './connect-client.ts';
export { connectWorker } from './connect-worker.ts';
export { bundleWorkflows } from './bundle-workflows.ts';
export type { WorkflowBundle } from './bundle-workflows.ts';
