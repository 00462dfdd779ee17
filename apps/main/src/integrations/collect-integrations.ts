import type { IntegrationDefinition } from '@darkroom/integration-sdk';
import {
  findIntegrationPackages,
  findScopeDirectory,
  loadDefinitions,
  selectEnabled,
} from '@darkroom/integration-sdk/collection';

export interface CollectedIntegrations {
  definitions: IntegrationDefinition[];
  enabled: IntegrationDefinition[];
}

interface CollectOptions {
  /** Names without the package prefix; they are not even loaded. */
  denyList: readonly string[];
  /** Undefined: all of them. */
  enabled: readonly string[] | undefined;
}

/** Finds every installed integration that is not denied, and those of them that are on. */
export async function collectIntegrations({ denyList, enabled }: CollectOptions): Promise<CollectedIntegrations> {
  const scopeDirectory = findScopeDirectory(import.meta.dirname);
  const definitions = await loadDefinitions(await findIntegrationPackages({ scopeDirectory, denyList }));
  return { definitions, enabled: selectEnabled({ definitions, enabled }) };
}
