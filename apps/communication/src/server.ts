import { runOrExplain, secretValues } from '@darkroom/platform-config';
import { createLogger } from '@darkroom/platform-logging';
import { readConfig, readEnvironment, settingsGroups } from './config.ts';
import { startCommunication } from './start-communication.ts';

await runOrExplain(async () => {
  const environment = readEnvironment();
  const config = readConfig(environment);
  const logger = createLogger({
    service: 'communication',
    ...config.logging,
    secrets: secretValues(settingsGroups, environment),
  });

  const askedToStop = Promise.withResolvers<NodeJS.Signals>();
  let isStopping = false;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (isStopping) {
        logger.warn('asked to stop a second time: stopping at once');
        process.exit(1);
      }
      isStopping = true;
      askedToStop.resolve(name);
    });
  }

  const communication = await startCommunication(config, logger);
  logger.info({ url: communication.url, internal_url: communication.internalUrl }, 'communication is ready');

  logger.info({ signal: await askedToStop.promise }, 'stopping');
  await communication.stop();
  logger.info('stopped');
  // A question to a main that does not answer would keep the process.
  process.exit(0);
});
