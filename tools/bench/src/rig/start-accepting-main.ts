import { findFreePort, startService, type Stack, type TestService } from '@darkroom/testing';

/** Nothing listens there: to this main, Temporal is away. */
const unreachable = '127.0.0.1:1';

/**
 * A main with a database of its own that can only accept: the calls wait, and no workflow competes with the requests that are
 * being timed. Otherwise a few seconds of accepting would leave minutes of work behind.
 */
export async function startAcceptingMain({ middleware, main }: Stack): Promise<TestService> {
  const port = await findFreePort();
  const env = {
    ...main.environment,
    PORT: String(port),
    PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
    INTERNAL_PORT: String(await findFreePort()),
    DATABASE_URL: await middleware.postgres.createDatabase(),
    TEMPORAL_HOST: unreachable,
  };
  const service = await startService({
    name: 'accepting-main',
    entry: 'apps/main/src/server.ts',
    env,
    port,
    readyPath: '/healthz',
  });
  try {
    await service.waitUntilReady();
    return service;
  } catch (error) {
    await service.stop();
    throw error;
  }
}
