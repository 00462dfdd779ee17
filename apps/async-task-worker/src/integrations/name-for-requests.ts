import type { IntegrationSetting } from '@darkroom/integration-sdk';
import type { SettingFault } from '@darkroom/platform-config';
import type { CollectionConfig } from '../config.ts';
import type { CollectedIntegration } from './collect-integrations.ts';
import { aliasesOf, isAddress } from './integration-settings.ts';

/** What is set under the names of one type of requests. */
interface OtherNames {
  providerVariable: string;
  provider: string | undefined;
  address: { variable: string; value: unknown };
  apiKey: { variable: string; value: unknown };
}

type Settings = Pick<CollectionConfig, 'requests' | 'requestProviders'>;

/**
 * Gives the address and the key of the integrations that IMAGE_PROVIDER and VIDEO_PROVIDER name their other names. Where both names hold
 * a value, reading the settings finds out whether they agree.
 */
export function nameForRequests(
  collected: readonly CollectedIntegration[],
  settings: Settings,
): { collected: CollectedIntegration[]; faults: SettingFault[] } {
  const types = namesOf(settings);
  return {
    collected: collected.map((integration) => types.reduce(withOtherNames, integration)),
    faults: types.flatMap((names) => faultsOf(names, collected)),
  };
}

function namesOf({ requests, requestProviders }: Settings): OtherNames[] {
  return [
    {
      providerVariable: 'IMAGE_PROVIDER',
      provider: requests.imageProvider,
      address: { variable: 'IMAGE_API_BASE_URL', value: requestProviders.imageBaseUrl },
      apiKey: { variable: 'IMAGE_API_KEY', value: requestProviders.imageApiKey },
    },
    {
      providerVariable: 'VIDEO_PROVIDER',
      provider: requests.videoProvider,
      address: { variable: 'VIDEO_API_BASE_URL', value: requestProviders.videoBaseUrl },
      apiKey: { variable: 'VIDEO_API_KEY', value: requestProviders.videoApiKey },
    },
  ];
}

function withOtherNames(integration: CollectedIntegration, names: OtherNames): CollectedIntegration {
  const { definition } = integration;
  if (definition.name !== integrationOf(names)) return integration;
  const settings = Object.entries(definition.settings).map(([name, setting]) => {
    const alias = aliasFor(setting, names);
    return [name, alias === undefined ? setting : { ...setting, aliases: [...aliasesOf(setting), alias] }] as const;
  });
  return { ...integration, definition: { ...definition, settings: Object.fromEntries(settings) } };
}

function aliasFor(setting: IntegrationSetting, { address, apiKey }: OtherNames): string | undefined {
  if (isAddress(setting)) return address.variable;
  return isApiKey(setting) ? apiKey.variable : undefined;
}

function isApiKey({ variable, secret, optional }: IntegrationSetting): boolean {
  return secret === true && optional !== true && variable.endsWith('_API_KEY');
}

function integrationOf({ provider }: OtherNames): string | undefined {
  return provider?.split('/')[0];
}

function faultsOf(names: OtherNames, collected: readonly CollectedIntegration[]): SettingFault[] {
  const given = [names.address, names.apiKey].filter(({ value }) => value !== undefined);
  if (names.provider === undefined) {
    const problem = `is set, and ${names.providerVariable} is not: it names nobody's`;
    const remedy = `Set ${names.providerVariable} to the integration that it belongs to.`;
    return given.map(({ variable }) => ({ variable, problem, remedy }));
  }
  // Another process may run it: then that process reads them.
  const settings = collected.find(({ definition }) => definition.name === integrationOf(names))?.definition.settings;
  if (settings === undefined) return [];
  const aliases = Object.values(settings).map((setting) => aliasFor(setting, names));
  return given
    .filter(({ variable }) => !aliases.includes(variable))
    .map(({ variable }) => ({
      variable,
      problem: `is set, and ${integrationOf(names)} has no such setting`,
      remedy: `Unset it; docs/configuration.md lists the settings of ${integrationOf(names)}.`,
    }));
}
