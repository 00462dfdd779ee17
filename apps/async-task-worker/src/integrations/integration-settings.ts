import type { IntegrationDefinition } from '@darkroom/integration-sdk';
import { defineSettings, type Environment, type SettingsGroup } from '@darkroom/platform-config';

/** The settings of an integration as a group of this process's configuration. Each of them is required. */
export function toSettingsGroup({ title, settings }: IntegrationDefinition): SettingsGroup {
  return defineSettings(`Integration: ${title}`, settings);
}

const alwaysSimulated = /_(API_KEY|BASE_URL)$/;

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
    for (const [name, { variable }] of entries) {
      const value = stand[name];
      if (value !== undefined && (alwaysSimulated.test(variable) || chosen[name] === undefined))
        simulated[variable] = value;
    }
  }
  return { ...environment, ...simulated };
}

function textOf(environment: Environment, variable: string): string | undefined {
  const text = environment[variable]?.trim();
  return text === '' ? undefined : text;
}
