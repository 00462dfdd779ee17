import type { RetentionAnswer } from '@darkroom/contract';
import type { ObjectStore } from '@darkroom/platform-object-store';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { thumbnailKey } from '../media/thumbnail-key.ts';
import { artifactsAtOnce, markOldArtifacts, type MarkedArtifact } from './mark-old-artifacts.ts';

export interface ArtifactsRemoving {
  database: Kysely<Database>;
  objectStore: Pick<ObjectStore, 'delete'>;
}

const deletesAtOnce = 8;
const fromTheOldest = '';

/**
 * Removes the next old artifacts: marks them, so that nobody names them any more, deletes their objects and thumbnails, and notes that this is
 * done. After an interruption the next run begins with what is marked: to delete an object again does nothing, and none is left that no row
 * tells of.
 */
export async function removeArtifacts(
  { database, objectStore }: ArtifactsRemoving,
  olderThan: Date,
  cursor: string | null,
): Promise<RetentionAnswer> {
  const begun = await findMarked(database);
  const next =
    begun.length > 0
      ? { marked: begun, cursor: cursor ?? fromTheOldest }
      : await markOldArtifacts(database, olderThan, cursor ?? fromTheOldest);
  for (let start = 0; start < next.marked.length; start += deletesAtOnce) {
    const group = next.marked.slice(start, start + deletesAtOnce);
    await Promise.all(group.map((artifact) => deleteWithThumbnail(objectStore, artifact)));
  }
  const deleted = await noteDeleted(database, next.marked);
  return {
    count: deleted.length,
    bytes: deleted.reduce((sum, { bytes }) => sum + bytes, 0),
    cursor: next.cursor,
  };
}

/** In this order: whoever draws a thumbnail meanwhile finds afterwards that its file is gone. */
async function deleteWithThumbnail(
  objectStore: ArtifactsRemoving['objectStore'],
  { object_key: key, content_type: contentType }: MarkedArtifact,
): Promise<void> {
  await objectStore.delete(key);
  if (contentType.startsWith('image/')) await objectStore.delete(thumbnailKey(key));
}

function findMarked(database: Kysely<Database>): Promise<MarkedArtifact[]> {
  return database
    .selectFrom('artifacts')
    .select(['id', 'object_key', 'content_type'])
    .where('deletion_pending', '=', true)
    .orderBy('id')
    .limit(artifactsAtOnce)
    .execute();
}

async function noteDeleted(
  database: Kysely<Database>,
  artifacts: readonly MarkedArtifact[],
): Promise<{ bytes: number }[]> {
  if (artifacts.length === 0) return [];
  return database
    .updateTable('artifacts')
    .set({ deletion_pending: false })
    .where(
      'id',
      'in',
      artifacts.map(({ id }) => id),
    )
    .where('deletion_pending', '=', true)
    .returning('bytes')
    .execute();
}
