import { z } from 'zod';
import { submittableTaskSchema } from './async-task.schema.ts';
import { operationLimitsSchema } from './operation-limits.schema.ts';

const jsonSchema = z.record(z.string(), z.unknown());

/** What an operation takes in one of its fields of images or videos. What is absent is not limited by it. */
export const mediaFieldSchema = z.object({
  kind: z.enum(['image', 'video']),
  contentTypes: z.array(z.string()).optional(),
  maxBytes: z.int().positive().optional(),
  minSide: z.int().positive().optional().describe('Pixels of the shorter side.'),
  maxSide: z.int().positive().optional().describe('Pixels of the longer side.'),
  minRatio: z.number().positive().optional().describe('Width divided by height.'),
  maxRatio: z.number().positive().optional().describe('Width divided by height.'),
});
export type OperationMediaField = z.infer<typeof mediaFieldSchema>;

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
  mediaFields: z
    .record(z.string(), mediaFieldSchema)
    .describe('The fields of `input` that name images or videos, or lists of them.'),
  outputSchema: jsonSchema.describe('JSON Schema of `output`.'),
});
export type IntegrationOperation = z.infer<typeof integrationOperationSchema>;

/** An integration as users see it. Calls and tasks of one that is not enabled are refused. */
export const integrationSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  operations: z.array(integrationOperationSchema),
  tasks: z.array(submittableTaskSchema).describe('Its asynchronous tasks, for `POST /v1/tasks/<name>`.'),
});
export type Integration = z.infer<typeof integrationSchema>;
