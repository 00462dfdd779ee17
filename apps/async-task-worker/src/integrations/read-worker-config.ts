import {
  ConfigurationError,
  emailFaults,
  type Environment,
  readSettings,
  runtimeFaults,
  secretValues,
} from '@darkroom/platform-config';
import { collectionGroups, type Config, settingsGroups } from '../config.ts';
import { type CollectedIntegration, collectIntegrations } from './collect-integrations.ts';
import { withSimulator } from './integration-settings.ts';
import { nameForRequests } from './name-for-requests.ts';
import { type Credentials, readCredentials } from './read-credentials.ts';

/** An integration with the values of its settings. */
export type ConfiguredIntegration = CollectedIntegration & Credentials;

export interface WorkerConfig {
  config: Config;
  integrations: ConfiguredIntegration[];
  /** Whether nobody has said which queue is for the asynchronous tasks of those integrations that this process runs alone. */
  sharesTaskQueue: boolean;
  /** Every secret text of this process, for the log to take out. */
  secrets: readonly string[];
}

/**
 * Reads everything this process is configured by. All that is missing, its own and that of the integrations that it runs, is one
 * ConfigurationError.
 */
export async function readWorkerConfig(environment: Environment): Promise<WorkerConfig> {
  const collection = readSettings(collectionGroups, environment);
  if (collection.status === 'faulty') throw faultsOf(readSettings(settingsGroups, environment));
  const { runtime, simulator } = collection.settings;

  const { collected, faults: namingFaults } = nameForRequests(
    await collectIntegrations(collection.settings),
    collection.settings,
  );
  const definitions = collected.map(({ definition }) => definition);
  const effective = runtime.mockExternalApis
    ? withSimulator(environment, { definitions, simulatorUrl: simulator.url })
    : environment;

  const own = readSettings(settingsGroups, environment);
  const theirs = collected.map((integration) => ({
    integration,
    reading: readCredentials(integration.definition, effective),
  }));
  const integrations = theirs.flatMap(({ integration, reading }): ConfiguredIntegration[] =>
    reading.status === 'valid' ? [{ ...integration, ...reading.credentials }] : [],
  );
  if (own.status === 'faulty' || integrations.length < theirs.length)
    throw faultsOf(own, ...theirs.map(({ reading }) => reading), { status: 'faulty', faults: namingFaults });
  const { runtime: ownRuntime, email, worker } = own.settings;
  const faults = [...namingFaults, ...runtimeFaults(ownRuntime), ...emailFaults(email)];
  if (faults.length > 0) throw new ConfigurationError(faults);

  const secrets = [
    ...secretValues(settingsGroups, environment),
    ...integrations.flatMap((integration) => integration.secrets),
  ];
  const sharesTaskQueue = worker.integrations !== undefined && !environment['ASYNC_TASK_QUEUE']?.trim();
  return { config: own.settings, integrations, sharesTaskQueue, secrets };
}

function faultsOf(...readings: { status: string; faults?: ConfigurationError['faults'] }[]): ConfigurationError {
  return new ConfigurationError(readings.flatMap(({ faults }) => faults ?? []));
}
