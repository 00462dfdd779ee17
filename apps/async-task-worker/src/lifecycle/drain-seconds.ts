import type { IntegrationDefinition } from '@darkroom/integration-sdk';

/** How long a stop has to wait for the slowest paid request: the longest deadline that any operation declares. */
export function drainSecondsOf(definitions: readonly Pick<IntegrationDefinition, 'operations'>[]): number {
  const deadlines = definitions.flatMap(({ operations }) =>
    Object.values(operations).map(({ limits }) => limits.deadlineSeconds),
  );
  return Math.max(0, ...deadlines);
}
