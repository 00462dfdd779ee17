import { loadDefinitions } from '../collection/index.ts';
import type { IntegrationDefinition } from '../definition/define-integration.ts';

export async function loadDefinition(packageName: string): Promise<IntegrationDefinition> {
  const [definition] = await loadDefinitions([packageName]);
  if (definition === undefined) throw new Error(`${packageName} has no definition.`);
  return definition;
}
