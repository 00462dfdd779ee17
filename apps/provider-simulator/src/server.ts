import { ConfigurationError, runOrExplain } from '@darkroom/platform-config';
import { createLogger } from '@darkroom/platform-logging';
import { buildSimulator } from './app.ts';
import { readConfig, readEnvironment } from './config.ts';
import { hasErrorCode } from './error-code.ts';

await runOrExplain(async () => {
  const { simulator, logging } = readConfig(readEnvironment());
  const logger = createLogger({ service: 'provider-simulator', ...logging });
  const app = await buildSimulator({ ...simulator, logger });

  const stop = (signal: string) => {
    logger.info({ signal }, 'stopping');
    void app.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  try {
    const address = await app.listen({ host: simulator.host, port: simulator.port });
    logger.info({ address }, 'the provider simulator is ready');
  } catch (error) {
    await app.close();
    throw hasErrorCode(error, 'EADDRINUSE') ? portTaken(simulator.port) : error;
  }
});

function portTaken(port: number): ConfigurationError {
  const remedy = 'Stop the process that holds it, or choose another port.';
  return new ConfigurationError([
    { variable: 'SIMULATOR_PORT', problem: `names port ${port}, which is taken`, remedy },
  ]);
}
