import type { Integration, OperationLimits } from '@darkroom/contract';
import type { IntegrationDefinition } from '@darkroom/integration-sdk';
import { z } from 'zod';
import type { LimitsOverrules } from './operation-limits-overrules.schema.ts';

interface DescribeOptions {
  enabled: boolean;
  overrules: LimitsOverrules;
}

/** What users see of an integration: its operations with their JSON Schemas and the limits that hold. */
export function describeIntegration(
  definition: IntegrationDefinition,
  { enabled, overrules }: DescribeOptions,
): Integration {
  const { name, title, description, operations } = definition;
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
      inputSchema: z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }),
      outputSchema: z.toJSONSchema(operation.output, { io: 'output', unrepresentable: 'any' }),
    })),
  };
}

function limitsOf(declared: OperationLimits, ...overrules: (LimitsOverrules[string] | undefined)[]): OperationLimits {
  return Object.assign({}, declared, ...overrules) as OperationLimits;
}
