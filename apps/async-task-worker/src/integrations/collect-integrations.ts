import type { IntegrationDefinition } from '@darkroom/integration-sdk';
import {
  findIntegrationPackages,
  findScopeDirectory,
  loadDefinitions,
  selectEnabled,
} from '@darkroom/integration-sdk/collection';
import { ConfigurationError } from '@darkroom/platform-config';
import type { CollectionConfig } from '../config.ts';

/** An integration that this process runs, on the queue that it runs it on. */
export interface CollectedIntegration {
  definition: IntegrationDefinition;
  packageName: string;
  taskQueue: string;
}

/** Collects the integrations that are installed, not denied, enabled, and meant for this process. */
export async function collectIntegrations({
  integrations,
  worker,
  taskQueue,
}: CollectionConfig): Promise<CollectedIntegration[]> {
  const scopeDirectory = findScopeDirectory(import.meta.dirname);
  const packageNames = await findIntegrationPackages({ scopeDirectory, denyList: integrations.denyList });
  const definitions = await loadDefinitions(packageNames);
  const enabled = chosen('ENABLED_INTEGRATIONS', () => selectEnabled({ definitions, enabled: integrations.enabled }));
  const own = ownIntegrations(enabled, worker.integrations);
  return withQueues(own, taskQueue.override);
}

function ownIntegrations(
  enabled: readonly IntegrationDefinition[],
  names: readonly string[] | undefined,
): IntegrationDefinition[] {
  const known = enabled.map(({ name }) => name).join(', ') || 'none';
  const strange = (names ?? []).filter((name) => !enabled.some((definition) => definition.name === name));
  if (strange.length > 0) {
    throw faulty(
      'WORKER_INTEGRATIONS',
      `names ${strange.join(', ')}, which no enabled integration has`,
      `Enabled: ${known}.`,
    );
  }
  const own = enabled.filter(({ name }) => names === undefined || names.includes(name));
  if (own.length === 0)
    throw faulty(
      'ENABLED_INTEGRATIONS',
      'leaves this worker without any integration',
      'Name at least one that is installed.',
    );
  return own;
}

function withQueues(own: readonly IntegrationDefinition[], override: string | undefined): CollectedIntegration[] {
  if (override !== undefined && own.length !== 1) {
    const names = own.map(({ name }) => name).join(', ');
    throw faulty(
      'TEMPORAL_TASK_QUEUE',
      `takes the place of one queue, and this process runs ${own.length} integrations (${names})`,
      'Unset it, or set WORKER_INTEGRATIONS to one integration.',
    );
  }
  return own.map((definition) => ({
    definition,
    packageName: `@darkroom/integrations-${definition.name}`,
    taskQueue: override ?? definition.taskQueue,
  }));
}

function chosen<Result>(variable: string, choose: () => Result): Result {
  try {
    return choose();
  } catch (error) {
    throw faulty(variable, 'is not valid', error instanceof Error ? error.message : String(error));
  }
}

function faulty(variable: string, problem: string, remedy: string): ConfigurationError {
  return new ConfigurationError([{ variable, problem, remedy }]);
}
