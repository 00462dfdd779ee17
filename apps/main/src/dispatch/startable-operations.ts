import type { IntegrationDefinition } from '@darkroom/integration-sdk';

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

export function startableOperations(definitions: readonly StartableDefinition[]): StartableOperations {
  return new Map(
    definitions.flatMap(({ name, taskQueue, operations }) =>
      Object.entries(operations).map(
        ([operation, { workflow }]) => [`${name}/${operation}`, { workflowType: workflow, taskQueue }] as const,
      ),
    ),
  );
}
