import { findFreePort, postgresDriver } from '@darkroom/deploy-tool';
import { startRestartableMiddleware, type RestartableMiddleware } from './restartable-middleware.ts';
import { databasesAt, databaseOwner, type TestDatabases } from './test-databases.ts';

export interface TestPostgres extends RestartableMiddleware, TestDatabases {}

export interface TestPostgresOptions {
  /** Whether commits wait for the disk, as in production. A test does without; a benchmark must not. Default: false. */
  readonly durable?: boolean;
  /** Further server parameters, as in postgresql.conf. */
  readonly parameters?: Record<string, string>;
}

export async function startTestPostgres(
  directory: string,
  { durable = false, parameters = {} }: TestPostgresOptions,
): Promise<TestPostgres> {
  const port = await findFreePort();
  const speed: Record<string, string> = durable ? {} : { fsync: 'off', full_page_writes: 'off' };
  const middleware = await startRestartableMiddleware(postgresDriver, {
    name: 'postgres',
    directory,
    ports: { sql: port },
    settings: {
      ...databaseOwner,
      database: 'darkroom',
      parameters: { max_connections: '200', ...speed, ...parameters },
    },
  });
  return { ...middleware, ...databasesAt(port) };
}
