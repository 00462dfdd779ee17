import { z } from 'zod';
import { operationLimitsSchema } from './operation-limits.schema.ts';

const jsonSchema = z.record(z.string(), z.unknown());

/** One thing that an integration can do, as `GET /v1/integrations` describes it. */
export const integrationOperationSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  delivery: z.string(),
  takesRequests: z
    .enum(['image', 'video'])
    .optional()
    .describe('The type of `POST /v1/requests` that it can be named for.'),
  limits: operationLimitsSchema.describe('What holds for calls that are accepted now.'),
  inputSchema: jsonSchema.describe('JSON Schema of `input`.'),
  outputSchema: jsonSchema.describe('JSON Schema of `output`.'),
});
export type IntegrationOperation = z.infer<typeof integrationOperationSchema>;

/** An integration as users see it. Calls to one that is not enabled are refused. */
export const integrationSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  operations: z.array(integrationOperationSchema),
});
export type Integration = z.infer<typeof integrationSchema>;
