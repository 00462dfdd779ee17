import type { IntegrationDefinition } from '../definition/define-integration.ts';

/** The integrations that are on. Without a list all of them are; a name that no integration has is an error that lists the known ones. */
export function selectEnabled({
  definitions,
  enabled,
}: {
  definitions: readonly IntegrationDefinition[];
  enabled?: readonly string[] | undefined;
}): IntegrationDefinition[] {
  if (enabled === undefined) return [...definitions];
  const known = definitions.map(({ name }) => name);
  const unknown = enabled.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `ENABLED_INTEGRATIONS names ${unknown.map((name) => `"${name}"`).join(', ')}, which no installed integration has. Known: ${known.join(', ')}.`,
    );
  }
  return definitions.filter(({ name }) => enabled.includes(name));
}
