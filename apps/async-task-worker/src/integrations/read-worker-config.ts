import {
  ConfigurationError,
  type Environment,
  readSettings,
  runtimeFaults,
  secretValues,
} from '@darkroom/platform-config';
import { collectionGroups, type Config, settingsGroups } from '../config.ts';
import { type CollectedIntegration, collectIntegrations } from './collect-integrations.ts';
import { toSettingsGroup, withSimulator } from './integration-settings.ts';

/** An integration with the values of its settings. */
export interface ConfiguredIntegration extends CollectedIntegration {
  settings: Record<string, unknown>;
  /** The texts of its secret settings. */
  secrets: readonly string[];
}

export interface WorkerConfig {
  config: Config;
  integrations: ConfiguredIntegration[];
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

  const collected = await collectIntegrations(collection.settings);
  const definitions = collected.map(({ definition }) => definition);
  const effective = runtime.mockExternalApis
    ? withSimulator(environment, { definitions, simulatorUrl: simulator.url })
    : environment;
  const integrationGroups = Object.fromEntries(
    definitions.map((definition) => [definition.name, toSettingsGroup(definition)]),
  );

  const own = readSettings(settingsGroups, environment);
  const theirs = readSettings(integrationGroups, effective);
  if (own.status === 'faulty' || theirs.status === 'faulty') throw faultsOf(own, theirs);
  const faults = runtimeFaults(own.settings.runtime);
  if (faults.length > 0) throw new ConfigurationError(faults);

  const integrations = collected.map((integration): ConfiguredIntegration => {
    const { name } = integration.definition;
    const group = integrationGroups[name];
    return {
      ...integration,
      settings: { ...theirs.settings[name] },
      secrets: group ? secretValues({ [name]: group }, effective) : [],
    };
  });
  const secrets = [
    ...secretValues(settingsGroups, environment),
    ...integrations.flatMap((integration) => integration.secrets),
  ];
  return { config: own.settings, integrations, secrets };
}

function faultsOf(...readings: { status: string; faults?: ConfigurationError['faults'] }[]): ConfigurationError {
  return new ConfigurationError(readings.flatMap(({ faults }) => faults ?? []));
}
