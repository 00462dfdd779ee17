import type { IntegrationDefinition } from '@darkroom/integration-sdk';
import type { RunningActivity } from '../temporal/running-activities.ts';

// For results that are being stored, and for submissions that are answered at once. Cut short, storing is done again elsewhere.
const shortestSeconds = 120;

/**
 * How long a stop has to wait for the slowest paid request: the longest deadline that an operation with one slow request declares, or that a
 * submission in hand was accepted with, which the operator may have made longer. Looks at tasks are handed back at once, whatever their
 * calls' deadlines are.
 */
export function drainSecondsOf(
  definitions: readonly Pick<IntegrationDefinition, 'operations'>[],
  running: readonly Pick<RunningActivity, 'deadlineSeconds'>[],
): number {
  const declared = definitions
    .flatMap(({ operations }) => Object.values(operations))
    .filter(({ delivery }) => delivery === 'call')
    .map(({ limits }) => limits.deadlineSeconds);
  return Math.max(shortestSeconds, ...declared, ...running.map(({ deadlineSeconds }) => deadlineSeconds ?? 0));
}
