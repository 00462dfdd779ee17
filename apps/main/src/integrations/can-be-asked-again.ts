import type { IntegrationCatalog } from './integration-catalog.ts';

/**
 * Whether a provider can be asked about a submission that it has taken: to look at it, or to cancel it. Not where its one answer is
 * the result, and not where the integration is no longer enabled, because no worker is there to ask.
 */
export function canBeAskedAgain(
  catalog: Pick<IntegrationCatalog, 'find'>,
  call: { integration: string; operation: string },
): boolean {
  const integration = catalog.find(call.integration);
  const operation = integration?.operations.find(({ name }) => name === call.operation);
  return integration?.enabled === true && operation !== undefined && operation.delivery !== 'call';
}
