import { DefaultLogger, Runtime } from '@temporalio/worker';

export function quietRuntime(): void {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
}
