import { z } from 'zod';

/** Which answer of which call. */
export const spoolParametersSchema = z.object({ id: z.string(), attempt: z.coerce.number().int().min(1).max(10_000) });

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'expected a sha256 in lower-case hexadecimal');
