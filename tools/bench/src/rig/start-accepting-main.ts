import { findFreePort, type Stack, type TestService } from '@darkroom/testing';
import { startReadyService } from './start-ready-service.ts';

/** Nothing listens there: to this main, Temporal is away. */
const unreachable = '127.0.0.1:1';

export interface AcceptingMain extends TestService {
  readonly internalUrl: string;
  readonly internalToken: string;
  readonly tokenSecret: string;
}

/**
 * A main with a database of its own that can only accept: the calls wait, and no workflow competes with the requests that are
 * being timed. Otherwise a few seconds of accepting would leave minutes of work behind.
 */
export async function startAcceptingMain(
  { middleware, main }: Stack,
  environment: Record<string, string> = {},
): Promise<AcceptingMain> {
  const port = await findFreePort();
  const internalPort = await findFreePort();
  const env = {
    ...main.environment,
    PORT: String(port),
    PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
    INTERNAL_PORT: String(internalPort),
    DATABASE_URL: await middleware.postgres.createDatabase(),
    TEMPORAL_HOST: unreachable,
    ...environment,
  };
  const service = await startReadyService({
    name: 'accepting-main',
    entry: 'apps/main/src/server.ts',
    env,
    port,
    readyPath: '/healthz',
  });
  return {
    ...service,
    internalUrl: `http://127.0.0.1:${internalPort}`,
    internalToken: main.environment['INTERNAL_TOKEN'] ?? '',
    tokenSecret: main.environment['TOKEN_SECRET'] ?? '',
  };
}
