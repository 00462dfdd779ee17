import { findFreePort, temporalDriver } from '@darkroom/deploy-tool';
import { startRestartableMiddleware, type RestartableMiddleware } from './restartable-middleware.ts';

export interface TestTemporal extends RestartableMiddleware {
  readonly address: string;
  readonly namespace: string;
}

/** The development server on a file, so that workflows outlive its stop or kill. */
export async function startTestTemporal(directory: string): Promise<TestTemporal> {
  const port = await findFreePort();
  const namespace = 'default';
  const middleware = await startRestartableMiddleware(temporalDriver, {
    name: 'temporal',
    directory,
    ports: { grpc: port },
    settings: { namespace },
  });
  return { ...middleware, address: `127.0.0.1:${port}`, namespace };
}
