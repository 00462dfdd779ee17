import { findFreePort, type Stack, type TestService } from '@darkroom/testing';
import { startReadyService } from '../rig/start-ready-service.ts';

/** Starts the process that runs the ten-step task, on the Temporal that both sides use. */
export async function startTaskHost({ middleware }: Stack): Promise<TestService> {
  const port = await findFreePort();
  const { address, namespace } = middleware.temporal;
  return startReadyService({
    name: 'task-host',
    entry: 'tools/bench/src/tasks/host.ts',
    env: { TEMPORAL_HOST: address, TEMPORAL_NAMESPACE: namespace, PORT: String(port) },
    port,
  });
}
