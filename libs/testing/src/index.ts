export { findFreePort } from '@darkroom/deploy-tool';
export { readZip, type ZipEntry } from './files/read-zip.ts';
export { expectNoLeakedProcesses } from './middleware/leaked-processes.ts';
export type { RestartableMiddleware } from './middleware/restartable-middleware.ts';
export { startSmallRedis, type SmallRedis } from './middleware/small-redis.ts';
export { startService, type ServiceExit, type ServiceOptions, type TestService } from './middleware/start-service.ts';
export {
  startTestMiddleware,
  type TestMiddleware,
  type TestMiddlewareOptions,
} from './middleware/start-test-middleware.ts';
export type { TestObjectStore, TestObjectStoreAccess } from './middleware/test-object-store.ts';
export type { TestPostgres, TestPostgresOptions } from './middleware/test-postgres.ts';
export type { TestTemporal, TestTemporalOptions } from './middleware/test-temporal.ts';
export { createCallsClient, type CallRequest, type CallsClient } from './stack/calls-client.ts';
export { isNoAnswer } from './stack/no-answer.ts';
export {
  controlSimulator,
  type SimulatorControl,
  type SimulatorStep,
  type SimulatorSubmission,
  type SimulatorSubmissions,
} from './stack/simulator-control.ts';
export { sharedTemporaryDirectory } from './stack/share-bundles.ts';
export { startSimulator, type TestSimulator } from './stack/simulator-process.ts';
export type { StackPlace } from './stack/stack-environment.ts';
export type { StackProcess } from './stack/stack-process.ts';
export { startStack, type Stack, type StackOptions } from './stack/start-stack.ts';
export { until } from './until.ts';
