import type { IntegrationDefinition } from '@darkroom/integration-sdk';
import { ConfigurationError } from '@darkroom/platform-config';

/** Which workflow runs an operation, and on which queue. */
export interface StartableOperation {
  workflowType: string;
  taskQueue: string;
}

/** By `<integration>/<operation>`. Calls of an integration that is not enabled here wait until it is enabled again. */
export type StartableOperations = ReadonlyMap<string, StartableOperation>;

export type StartableDefinition = Pick<IntegrationDefinition, 'name' | 'taskQueue'> & {
  operations: Record<string, { workflow: string }>;
};

/** `override` takes the place of the integration's own; a ConfigurationError where there is not exactly one integration. */
export function startableOperations(
  definitions: readonly StartableDefinition[],
  override?: string,
): StartableOperations {
  if (override !== undefined && definitions.length !== 1) throw oneQueueForMany(definitions);
  return new Map(
    definitions.flatMap(({ name, taskQueue, operations }) =>
      Object.entries(operations).map(
        ([operation, { workflow }]) =>
          [`${name}/${operation}`, { workflowType: workflow, taskQueue: override ?? taskQueue }] as const,
      ),
    ),
  );
}

function oneQueueForMany(definitions: readonly StartableDefinition[]): ConfigurationError {
  const names = definitions.map(({ name }) => name).join(', ') || 'none';
  return new ConfigurationError([
    {
      variable: 'TEMPORAL_TASK_QUEUE',
      problem: `takes the place of one queue, and ${definitions.length} integrations are enabled (${names})`,
      remedy: 'Unset it, or set ENABLED_INTEGRATIONS to one integration.',
    },
  ]);
}
