import type { Integration, IntegrationOperation, OperationLimits } from '@darkroom/contract';
import type { IntegrationDefinition, MediaField } from '@darkroom/integration-sdk';
import { z } from 'zod';
import type { LimitsOverrules } from './operation-limits-overrules.schema.ts';

interface DescribeOptions {
  enabled: boolean;
  overrules: LimitsOverrules;
}

/** What users see of an integration: its operations with their JSON Schemas and the limits that hold, and its tasks. */
export function describeIntegration(
  definition: IntegrationDefinition,
  { enabled, overrules }: DescribeOptions,
): Integration {
  const { name, title, description, operations, tasks } = definition;
  return {
    name,
    title,
    description,
    enabled,
    operations: Object.entries(operations).map(([operationName, operation]) => ({
      name: operationName,
      title: operation.title,
      description: operation.description,
      delivery: operation.delivery,
      ...(operation.fromRequest && { takesRequests: operation.fromRequest.type }),
      limits: limitsOf(operation.limits, overrules[name], overrules[`${name}/${operationName}`]),
      mediaFields: describeMedia(operation.mediaFields),
      inputSchema: z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }),
      outputSchema: z.toJSONSchema(operation.output, { io: 'output', unrepresentable: 'any' }),
    })),
    tasks: Object.entries(tasks).map(([taskName, task]) => ({
      name: taskName,
      title: task.title,
      description: task.description,
      paramsSchema: z.toJSONSchema(task.params, { io: 'input', unrepresentable: 'any' }),
    })),
  };
}

/** What a caller can know of a file before it is sent; how the provider is given it is nobody's concern. */
function describeMedia(fields: Readonly<Record<string, MediaField>>): IntegrationOperation['mediaFields'] {
  const described = Object.entries(fields).map(([name, { kind, limits }]) => [name, { kind, ...limits }] as const);
  return Object.fromEntries(described) as IntegrationOperation['mediaFields'];
}

function limitsOf(declared: OperationLimits, ...overrules: (LimitsOverrules[string] | undefined)[]): OperationLimits {
  return Object.assign({}, declared, ...overrules) as OperationLimits;
}
