import { isId } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { ArtifactRow } from '../database/schema.ts';
import type { ContentFile } from '../media/send-content.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import { findArtifact } from './artifact.queries.ts';

interface Asked {
  id: string;
  accountId: string;
}

/** An account's artifact by one of its queries: a 404 where it has no such one, a 410 where retention has removed its bytes. */
export async function findOwnArtifact<Row extends ArtifactRow>(
  find: (pool: Pool, values: [id: string, accountId: string]) => Promise<Row[]>,
  pool: Pool,
  { id, accountId }: Asked,
): Promise<Row> {
  const [artifact] = isId('art', id) ? await find(pool, [id, accountId]) : [];
  if (artifact === undefined) throw notFound();
  requireThere(artifact);
  return artifact;
}

/** Where the bytes of an account's artifact are, and what they are. Throws as `findOwnArtifact` does. */
export async function findArtifactFile(pool: Pool, asked: Asked): Promise<ContentFile> {
  const artifact = await findOwnArtifact(findArtifact, pool, asked);
  const { object_key: objectKey, content_type: contentType, bytes, sha256 } = artifact;
  return { objectKey, contentType, bytes, sha256 };
}

function requireThere({ removed_at: removedAt, call_id: callId }: ArtifactRow): void {
  if (removedAt === null) return;
  const detail = `It was removed at ${removedAt.toISOString()}, after the time that this server keeps them. What is known of it is in its call, ${callId}; a retry of that call makes new ones.`;
  throw new ProblemError('artifact_removed', detail);
}
