import { runOrExplain } from '@darkroom/platform-config';
import { createLogger } from '@darkroom/platform-logging';
import { buildSimulator } from './app.ts';
import { loadConfig } from './config.ts';

await runOrExplain(async () => {
  const { simulator, logging } = loadConfig();
  const logger = createLogger({ service: 'provider-simulator', ...logging });
  const app = await buildSimulator({ ...simulator, logger });

  const stop = (signal: string) => {
    logger.info({ signal }, 'stopping');
    void app.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  const address = await app.listen({ host: simulator.host, port: simulator.port });
  logger.info({ address }, 'the provider simulator is ready');
});
