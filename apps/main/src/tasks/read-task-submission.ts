import { submitAsyncTaskSchema } from '@darkroom/contract';
import type { z } from 'zod';
import { invalid } from '../calls/read-submission.ts';
import { schemaFaults } from '../calls/schema-faults.ts';
import { findUnstorable } from '../calls/unstorable-text.ts';

/** A task that may be started: its params have been parsed by its own schema. */
export interface TaskSubmission {
  /** The caller's, or a new one. */
  taskId: string;
  params: unknown;
}

/** Reads the body of `POST /v1/tasks/:name`; a ProblemError lists every fault at once, each with its path. */
export function readTaskSubmission(body: unknown, paramsSchema: z.ZodType): TaskSubmission {
  const parsedBody = submitAsyncTaskSchema.safeParse(body);
  const bodyFaults = parsedBody.success ? [] : schemaFaults(parsedBody.error);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid(bodyFaults);

  const { params }: { params?: unknown } = body;
  const unstorable = findUnstorable(params, ['params']);
  if (unstorable.length > 0) throw invalid([...bodyFaults, ...unstorable]);
  const parsedParams = paramsSchema.safeParse(params);
  if (!parsedBody.success || !parsedParams.success) {
    const faults = parsedParams.success ? [] : schemaFaults(parsedParams.error, ['params']);
    throw invalid([...bodyFaults, ...faults]);
  }
  return { taskId: parsedBody.data.taskId ?? `task_${crypto.randomUUID()}`, params: parsedParams.data };
}
