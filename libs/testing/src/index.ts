export { findFreePort } from '@darkroom/deploy-tool';
export { expectNoLeakedProcesses } from './middleware/leaked-processes.ts';
export type { RestartableMiddleware } from './middleware/restartable-middleware.ts';
export { startService, type ServiceExit, type ServiceOptions, type TestService } from './middleware/start-service.ts';
export {
  startTestMiddleware,
  type TestMiddleware,
  type TestMiddlewareOptions,
} from './middleware/start-test-middleware.ts';
export type { TestObjectStore, TestObjectStoreAccess } from './middleware/test-object-store.ts';
export type { TestPostgres, TestPostgresOptions } from './middleware/test-postgres.ts';
export type { TestTemporal } from './middleware/test-temporal.ts';
export { createCallsClient, type CallRequest, type CallsClient } from './stack/calls-client.ts';
export {
  controlSimulator,
  type SimulatorControl,
  type SimulatorStep,
  type SimulatorSubmission,
  type SimulatorSubmissions,
} from './stack/simulator-control.ts';
export type { StackPlace } from './stack/stack-environment.ts';
export { startStack, type Stack, type StackOptions, type StackProcess } from './stack/start-stack.ts';
