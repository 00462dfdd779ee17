import { createHash } from 'node:crypto';
import type { IntegrationContext } from '@darkroom/integration-sdk/worker';
import type { ConfiguredIntegration } from './read-worker-config.ts';

/** What all integrations of the process share. */
export type SharedContext = Omit<IntegrationContext, 'settings' | 'secrets' | 'credentialId'>;

/** What one integration works with: what all share, and its own settings. */
export function createContext(
  shared: SharedContext,
  { definition, settings, secrets }: ConfiguredIntegration,
): IntegrationContext {
  return { ...shared, settings, secrets, credentialId: credentialIdOf(definition.name, secrets) };
}

/** Tells one set of credentials from another without telling any of them. */
function credentialIdOf(integration: string, secrets: readonly string[]): string {
  const fingerprint = createHash('sha256').update(JSON.stringify(secrets)).digest('hex').slice(0, 12);
  return `${integration}:${fingerprint}`;
}
