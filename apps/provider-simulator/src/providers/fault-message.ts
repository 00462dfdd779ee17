import type { z } from 'zod';

/** The first thing that is wrong with a request's body, in one line. */
export function faultMessage(error: z.ZodError): { readonly message: string; readonly field: string } {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  return {
    field,
    message: field === '' ? 'Invalid request body' : `Invalid value for '${field}': ${issue?.message ?? ''}`,
  };
}
