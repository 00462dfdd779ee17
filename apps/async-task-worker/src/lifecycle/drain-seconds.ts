import type { IntegrationDefinition } from '@darkroom/integration-sdk';
import type { RunningActivity } from '../temporal/running-activities.ts';

/**
 * How long a stop has to wait for the slowest paid request: the longest deadline that any operation declares, or that a call
 * in hand was accepted with, which the operator may have made longer.
 */
export function drainSecondsOf(
  definitions: readonly Pick<IntegrationDefinition, 'operations'>[],
  running: readonly Pick<RunningActivity, 'deadlineSeconds'>[],
): number {
  const declared = definitions.flatMap(({ operations }) =>
    Object.values(operations).map(({ limits }) => limits.deadlineSeconds),
  );
  return Math.max(0, ...declared, ...running.map(({ deadlineSeconds }) => deadlineSeconds ?? 0));
}
