import { runOrExplain, secretValues } from '@darkroom/platform-config';
import { openTemporaryFiles } from '@darkroom/platform-files';
import { createLogger } from '@darkroom/platform-logging';
import { createCallbackReceivers } from './callbacks/callback-receivers.ts';
import { readConfig, readEnvironment, sendTemporaryFilesTo, settingsGroups } from './config.ts';
import { collectIntegrations } from './integrations/collect-integrations.ts';
import { startMain } from './start-main.ts';

await runOrExplain(async () => {
  const environment = readEnvironment();
  const config = readConfig(environment);
  const integrations = await collectIntegrations(config.integrations);
  const callbackReceivers = createCallbackReceivers({
    enabled: integrations.enabled,
    environment,
    simulated: config.runtime.mockExternalApis,
  });
  const logger = createLogger({
    service: 'main',
    ...config.logging,
    secrets: [...secretValues(settingsGroups, environment), ...callbackReceivers.secrets],
  });

  const temporaryFiles = await openTemporaryFiles(config.temporaryFiles.directory);
  sendTemporaryFilesTo(temporaryFiles.directory);
  for (const facts of temporaryFiles.notRemoved) {
    logger.warn(facts, 'what a killed process left in TEMP_DIR cannot be removed: remove it by hand');
  }

  const askedToStop = Promise.withResolvers<NodeJS.Signals>();
  let stage: 'starting' | 'ready' | 'stopping' = 'starting';
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      // It may wait for a database that is away, or for another process that migrates it.
      if (stage === 'starting') process.exit(0);
      if (stage === 'stopping') {
        logger.warn('asked to stop a second time: stopping at once');
        process.exit(1);
      }
      stage = 'stopping';
      askedToStop.resolve(name);
    });
  }

  const main = await startMain({ config, integrations, callbackReceivers, logger });
  stage = 'ready';
  logger.info({ url: main.url, internal_url: main.internalUrl }, 'main is ready');

  logger.info({ signal: await askedToStop.promise }, 'stopping');
  await main.stop();
  await temporaryFiles.close();
  logger.info('stopped');
  // A question to an object store that does not answer would keep the process.
  process.exit(0);
});
