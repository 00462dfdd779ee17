import type { CallbackDefinition, IntegrationDefinition } from '@darkroom/integration-sdk';
import { defineSettings, type Environment, loadSettings, secretValues } from '@darkroom/platform-config';
import type { Setting, SettingsGroup } from '@darkroom/platform-config';

/** What receives the callbacks of one integration. */
export interface CallbackReceiver {
  definition: CallbackDefinition;
  /** What it verifies callbacks with, as far as it is configured. */
  settings: Readonly<Record<string, unknown>>;
}

export interface CallbackReceivers {
  byIntegration: ReadonlyMap<string, CallbackReceiver>;
  /** For the log to take out. */
  secrets: readonly string[];
}

interface ReceiverOptions {
  enabled: readonly IntegrationDefinition[];
  environment: Environment;
  /** Whether the simulator calls back instead of the providers. */
  simulated: boolean;
}

/** The receivers of the enabled integrations; a fault in their settings is a ConfigurationError. */
export function createCallbackReceivers({ enabled, environment, simulated }: ReceiverOptions): CallbackReceivers {
  const groups: Record<string, SettingsGroup> = {};
  let seen = environment;
  for (const definition of enabled) {
    if (!definition.callback) continue;
    groups[definition.name] = toOptionalGroup(definition, definition.callback);
    if (simulated) seen = withSimulatorKeys(seen, definition, definition.callback);
  }
  const settings = loadSettings(groups, seen);
  const receivers = enabled.flatMap(({ name, callback }) =>
    callback ? [[name, { definition: callback, settings: settings[name] ?? {} }] as const] : [],
  );
  return { byIntegration: new Map(receivers), secrets: secretValues(groups, seen) };
}

function toOptionalGroup({ title }: IntegrationDefinition, { settings }: CallbackDefinition): SettingsGroup {
  const optional: Record<string, Setting> = {};
  for (const [name, setting] of Object.entries(settings)) optional[name] = { ...setting, presence: 'optional' };
  return defineSettings(`Callbacks of ${title}`, optional);
}

/** The simulator signs with keys of its own, and a real one is of no use with it. */
function withSimulatorKeys(
  environment: Environment,
  { simulatorSettings }: IntegrationDefinition,
  { settings }: CallbackDefinition,
): Environment {
  const stand = simulatorSettings('http://localhost', {});
  const simulated = Object.entries(settings).flatMap(([name, { variable, secret }]) => {
    const isChosen = (environment[variable]?.trim() ?? '') !== '';
    const value = stand[name];
    return value !== undefined && (secret || !isChosen) ? [[variable, value] as const] : [];
  });
  return { ...environment, ...Object.fromEntries(simulated) };
}
