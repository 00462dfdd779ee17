import { isConfigurationError, runOrExplain } from '@darkroom/platform-config';
import { openTemporaryFiles } from '@darkroom/platform-files';
import { createLogger, type Logger } from '@darkroom/platform-logging';
import { keepWatchReportsToThisThread, readEnvironment, sendTemporaryFilesTo } from './config.ts';
import { readWorkerConfig } from './integrations/read-worker-config.ts';
import { startWorker } from './start-worker.ts';
import { installRuntime } from './temporal/install-runtime.ts';
import { subjectOf } from './temporal/log-subject.ts';
import type { RunningActivities } from './temporal/running-activities.ts';

const failed = 1;

await runOrExplain(async () => {
  keepWatchReportsToThisThread();
  const { config, integrations, sharesTaskQueue, secrets } = await readWorkerConfig(readEnvironment());
  const logger = createLogger({ service: 'async-task-worker', ...config.logging, secrets });
  installRuntime(logger);
  const temporaryFiles = await openTemporaryFiles(config.temporaryFiles.directory);
  sendTemporaryFilesTo(temporaryFiles.directory);
  for (const facts of temporaryFiles.notRemoved) {
    logger.warn(facts, 'what a killed process left in TEMP_DIR cannot be removed: remove it by hand');
  }

  const stopping = new AbortController();
  let running: RunningActivities | undefined;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) {
        logger.warn({ signal: name }, 'asked to stop a second time: stopping at once');
        tellAbandoned(logger, running);
        process.exit(failed);
      }
      logger.info(
        { signal: name, running: running?.list().length ?? 0 },
        'stopping: no new task is taken, paid requests are finished',
      );
      stopping.abort();
    });
  }

  try {
    const worker = await startWorker({ config, integrations, sharesTaskQueue, temporaryFiles, logger, stopping });
    running = worker.running;
    await worker.ended;
  } catch (error) {
    if (isConfigurationError(error)) throw error;
    tellAbandoned(logger, running);
    logger.fatal({ error }, 'the worker failed');
    process.exit(failed);
  }
  await temporaryFiles.close();
  logger.info('stopped');
  process.exit(0);
});

/** What a forced stop leaves is followed up by another worker; whether it was paid for is decided there. */
function tellAbandoned(logger: Logger, running: RunningActivities | undefined): void {
  for (const { workflowId, activityType, integration, since } of running?.list() ?? []) {
    logger.error(
      { ...subjectOf(workflowId, activityType), activity: activityType, integration, since },
      'abandoned by the stop',
    );
  }
}
