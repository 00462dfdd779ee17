import type { IntegrationContext } from './integration-context.ts';

const lapseSeconds = 600;

/**
 * How long what is not there may still come: a provider that fails over, or hands a file on to its CDN, answers for minutes as if it had
 * never had what was paid for.
 */
export function lapseMsOf(context: Pick<IntegrationContext<unknown>, 'lapseSeconds'>): number {
  return (context.lapseSeconds ?? lapseSeconds) * 1000;
}
