import { callStatuses, isTerminal, type RetentionAnswer } from '@darkroom/contract';
import type { ObjectStore } from '@darkroom/platform-object-store';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

export interface ArtifactsRemoving {
  database: Kysely<Database>;
  objectStore: Pick<ObjectStore, 'delete'>;
}

const artifactsAtOnce = 64;
const deletesAtOnce = 8;
const ended = callStatuses.filter(isTerminal);
const more = 'more';

/**
 * Deletes the objects of old artifacts, and then marks the artifacts: after a crash in between the same objects are deleted again, which does
 * nothing, and none is left that no row tells of. Those of a call that has not ended stay, and so do those whose answer is still in a spool and would be stored again.
 */
export async function removeArtifacts(
  { database, objectStore }: ArtifactsRemoving,
  olderThan: Date,
): Promise<RetentionAnswer> {
  const old = await findOld(database, olderThan);
  for (let start = 0; start < old.length; start += deletesAtOnce) {
    const group = old.slice(start, start + deletesAtOnce);
    await Promise.all(group.map(({ object_key: key }) => objectStore.delete(key)));
  }
  const marked = await markRemoved(
    database,
    old.map(({ id }) => id),
  );
  return {
    count: marked.length,
    bytes: marked.reduce((sum, { bytes }) => sum + bytes, 0),
    cursor: old.length < artifactsAtOnce ? null : more,
  };
}

function findOld(database: Kysely<Database>, olderThan: Date) {
  return database
    .selectFrom('artifacts')
    .innerJoin('calls', 'calls.id', 'artifacts.call_id')
    .select(['artifacts.id', 'artifacts.object_key'])
    .where('artifacts.removed_at', 'is', null)
    .where('artifacts.created_at', '<', olderThan)
    .where('calls.status', 'in', ended)
    .where((query) =>
      query.not(query.exists(query.selectFrom('spool').whereRef('spool.call_id', '=', 'artifacts.call_id'))),
    )
    .orderBy('artifacts.created_at')
    .orderBy('artifacts.id')
    .limit(artifactsAtOnce)
    .execute();
}

async function markRemoved(database: Kysely<Database>, ids: readonly string[]): Promise<{ bytes: number }[]> {
  if (ids.length === 0) return [];
  return database
    .updateTable('artifacts')
    .set({ removed_at: sql<Date>`clock_timestamp()` })
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    .returning('bytes')
    .execute();
}
