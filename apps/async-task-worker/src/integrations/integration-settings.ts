import type { IntegrationDefinition, IntegrationSetting } from '@darkroom/integration-sdk';
import { defineSettings, type Environment, type Setting, type SettingsGroup } from '@darkroom/platform-config';

/** A setting with the other names that this deployment may give it. */
export interface NamedSetting extends IntegrationSetting {
  aliases?: readonly string[];
}

/** The settings of an integration as a group of this process's configuration. Each of them is required unless it says otherwise. */
export function toSettingsGroup({
  title,
  settings,
}: Pick<IntegrationDefinition, 'title' | 'settings'>): SettingsGroup<Record<string, Setting>> {
  const entries = Object.entries(settings).map(([name, setting]): [string, Setting] => [
    name,
    setting.optional ? { ...setting, presence: 'optional' } : setting,
  ]);
  return defineSettings(`Integration: ${title}`, Object.fromEntries(entries));
}

/** The variable that keeps a secret's value from before its change. */
export function previousVariableOf(variable: string): string {
  return `${variable}_PREVIOUS`;
}

const addresses = /_(BASE|API)_URL$/;

/**
 * The environment as the integrations see it when the simulator stands in: its keys and addresses, so that no real key is ever
 * sent to it and no simulated call reaches a provider; the other settings may be chosen.
 */
export function withSimulator(
  environment: Environment,
  { definitions, simulatorUrl }: { definitions: readonly IntegrationDefinition[]; simulatorUrl: string },
): Environment {
  const simulated: Record<string, string> = {};
  for (const { settings, simulatorSettings } of definitions) {
    const entries = Object.entries(settings);
    const chosen = Object.fromEntries(entries.map(([name, { variable }]) => [name, textOf(environment, variable)]));
    const stand = simulatorSettings(simulatorUrl, chosen);
    for (const [name, setting] of entries) {
      const value = stand[name];
      if (value !== undefined && (isAlwaysSimulated(setting) || chosen[name] === undefined))
        simulated[setting.variable] = value;
      for (const alias of aliasesOf(setting)) simulated[alias] = '';
      const previous = previousVariableOf(setting.variable);
      if (setting.secret && textOf(environment, previous) !== undefined) simulated[previous] = '';
    }
  }
  return { ...environment, ...simulated };
}

export function aliasesOf(setting: NamedSetting): readonly string[] {
  return setting.aliases ?? [];
}

/** Whether the setting is the address of the provider's API. */
export function isAddress({ variable }: IntegrationSetting): boolean {
  return addresses.test(variable);
}

function isAlwaysSimulated(setting: IntegrationSetting): boolean {
  return setting.secret === true || isAddress(setting);
}

function textOf(environment: Environment, variable: string): string | undefined {
  const text = environment[variable]?.trim();
  return text === '' ? undefined : text;
}
