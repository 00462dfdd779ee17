import { join } from 'node:path';
import { findFreePort, temporalDriver } from '@darkroom/deploy-tool';
import { startRestartableMiddleware, type RestartableMiddleware } from './restartable-middleware.ts';

export interface TestTemporal extends RestartableMiddleware {
  readonly address: string;
  readonly namespace: string;
  /** Its SQLite database, for what no API can arrange. To be written to only while it is stopped. */
  databaseFile(): string;
}

export interface TestTemporalOptions {
  /** Further settings of the server by the names of its dynamic configuration, each value as JSON. */
  readonly dynamicConfiguration?: Record<string, string>;
}

/**
 * A history is deleted only when its queues have noted that they are through with its end. They do so every 30 s by default, which tests of
 * retention would wait for.
 */
const speed = {
  'history.transferProcessorUpdateAckInterval': '"1s"',
  'history.visibilityProcessorUpdateAckInterval': '"1s"',
};

/** The development server on a file, so that workflows outlive its stop or kill. */
export async function startTestTemporal(
  directory: string,
  { dynamicConfiguration = {} }: TestTemporalOptions,
): Promise<TestTemporal> {
  const port = await findFreePort();
  const [name, namespace] = ['temporal', 'default'];
  const middleware = await startRestartableMiddleware(temporalDriver, {
    name,
    directory,
    ports: { grpc: port },
    settings: { namespace, dynamicConfiguration: { ...speed, ...dynamicConfiguration } },
  });
  const databaseFile = join(directory, name, 'temporal.db');
  return { ...middleware, address: `127.0.0.1:${port}`, namespace, databaseFile: () => databaseFile };
}
