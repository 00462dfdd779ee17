import type { Integration, IntegrationOperation } from '@darkroom/contract';
import type { IntegrationDefinition, OperationDefinition } from '@darkroom/integration-sdk';
import { ProblemError } from '../problems/problem-error.ts';
import { describeIntegration } from './describe-integration.ts';
import type { LimitsOverrules } from './operation-limits-overrules.schema.ts';

/** An operation that calls can be made for. */
export interface AvailableOperation {
  definition: OperationDefinition;
  described: IntegrationOperation;
}

/** The integrations that were found at start, enabled or not. */
export interface IntegrationCatalog {
  readonly integrations: readonly Integration[];
  find(name: string): Integration | undefined;
  /** Throws a ProblemError that names what there is, or how to enable it. */
  findOperation(integrationName: string, operationName: string): AvailableOperation;
}

interface CatalogOptions {
  definitions: readonly IntegrationDefinition[];
  enabled: readonly IntegrationDefinition[];
  overrules: LimitsOverrules;
}

export function createIntegrationCatalog({ definitions, enabled, overrules }: CatalogOptions): IntegrationCatalog {
  const enabledNames = new Set(enabled.map(({ name }) => name));
  const definitionsByName = new Map(definitions.map((definition) => [definition.name, definition]));
  const integrations = definitions.map((definition) =>
    describeIntegration(definition, { enabled: enabledNames.has(definition.name), overrules }),
  );
  const integrationsByName = new Map(integrations.map((integration) => [integration.name, integration]));
  refuseUnknownOverrules(overrules, integrations);

  return {
    integrations,
    find: (name) => integrationsByName.get(name),
    findOperation(integrationName, operationName) {
      const integration = integrationsByName.get(integrationName);
      if (integration === undefined) throw unknownIntegration(integrations);
      if (!integration.enabled) throw disabledIntegration(integrationName);
      const described = integration.operations.find(({ name }) => name === operationName);
      const definition = definitionsByName.get(integrationName)?.operations[operationName];
      if (described === undefined || definition === undefined) throw unknownOperation(integration);
      return { definition, described };
    },
  };
}

function refuseUnknownOverrules(overrules: LimitsOverrules, integrations: readonly Integration[]): void {
  const known = integrations.flatMap(({ name, operations }) => [
    name,
    ...operations.map((operation) => `${name}/${operation.name}`),
  ]);
  const unknown = Object.keys(overrules).filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  throw new Error(`OPERATION_LIMITS names ${unknown.join(', ')}, which does not exist. Known: ${known.join(', ')}.`);
}

function unknownIntegration(integrations: readonly Integration[]): ProblemError {
  const known = listOf(integrations.filter(({ enabled }) => enabled).map(({ name }) => name));
  return new ProblemError('unknown_integration', `Use one of: ${known}. GET /v1/integrations describes them.`, {
    errors: [{ path: '/integration', message: `must be one of: ${known}` }],
  });
}

function disabledIntegration(name: string): ProblemError {
  const detail = `Add "${name}" to ENABLED_INTEGRATIONS and restart main and the worker.`;
  return new ProblemError('integration_disabled', detail, {
    errors: [{ path: '/integration', message: `"${name}" is not in ENABLED_INTEGRATIONS` }],
  });
}

function unknownOperation({ name, operations }: Integration): ProblemError {
  const known = listOf(operations.map((operation) => operation.name));
  return new ProblemError('unknown_operation', `Use one of: ${known}. GET /v1/integrations/${name} describes them.`, {
    errors: [{ path: '/operation', message: `must be one of: ${known}` }],
  });
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? '(none)' : names.join(', ');
}
