import { isId } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import { schemaFaults } from '../calls/schema-faults.ts';
import { type ProblemFault, ProblemError } from '../problems/problem-error.ts';
import { findOwnArtifactIds } from './upload.queries.ts';

const mostSources = 10;
const idSchema = z.string().refine((id) => isId('art', id), 'must be the id of an artifact');

export const uploadQuerySchema = z.strictObject({
  sourceArtifactId: z
    .union([idSchema, z.array(idSchema).max(mostSources)])
    .transform((ids) => [...new Set([ids].flat())])
    .optional()
    .describe('An artifact that the file was made from, for instance cut out of. May be repeated.'),
});

/** The artifacts that an upload says it was made from; a ProblemError where the account never had one of them. */
export async function readUploadSources(pool: Pool, accountId: string, query: unknown): Promise<string[]> {
  const { data, error } = uploadQuerySchema.safeParse(query);
  if (error !== undefined) throw refused(schemaFaults(error));
  const { sourceArtifactId: ids = [] } = data;
  const own = ids.length === 0 ? [] : await findOwnArtifactIds(pool, [ids, accountId]);
  if (ids.some((id) => !own.some((row) => row.id === id)))
    throw refused([{ path: '/sourceArtifactId', message: 'is no artifact of this account' }]);
  return ids;
}

function refused(errors: ProblemFault[]): ProblemError {
  const detail = 'Name artifacts of your own calls as `sourceArtifactId`, or leave it out. Nothing was kept.';
  return new ProblemError('invalid_request', detail, { errors });
}
