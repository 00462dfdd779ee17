import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A file that a provider made, by its bytes: what a client has stored can be compared with it. */
export const madeFileSchema = z.object({ sha256: z.string() });
export type MadeFile = z.output<typeof madeFileSchema>;

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
