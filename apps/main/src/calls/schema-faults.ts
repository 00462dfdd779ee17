import type { z } from 'zod';
import type { ProblemFault } from '../problems/problem-error.ts';
import { jsonPointer } from './json-pointer.ts';

/** What a schema refuses, one fault for each place; `under` is where the value stands in the body. */
export function schemaFaults(error: z.ZodError, under: readonly PropertyKey[] = []): ProblemFault[] {
  return error.issues.flatMap((issue): ProblemFault[] => {
    const path = [...under, ...issue.path];
    if (issue.code !== 'unrecognized_keys') return [{ path: jsonPointer(path), message: issue.message }];
    return issue.keys.map((key) => ({ path: jsonPointer([...path, key]), message: 'is not a known field' }));
  });
}
