import { callStatuses, isTerminal } from '@darkroom/contract';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { ArtifactRow, Database } from '../database/schema.ts';

export const artifactsAtOnce = 64;
const ended = callStatuses.filter(isTerminal);
const open = callStatuses.filter((status) => !isTerminal(status));

export type MarkedArtifact = Pick<ArtifactRow, 'id' | 'object_key' | 'content_type'>;

/**
 * Marks the next old artifacts as removed. Those of a call that has not ended stay; so do those whose answer is still in a spool and would be
 * stored again, and those that a call which has not ended names in its input. The cursor is the last one that was looked at.
 */
export async function markOldArtifacts(
  database: Kysely<Database>,
  olderThan: Date,
  after: string,
): Promise<{ marked: MarkedArtifact[]; cursor: string | null }> {
  return database.transaction().execute(async (transaction) => {
    const old = await lockOld(transaction, olderThan, after);
    const ids = old.map(({ id }) => id);
    // A statement of its own, after the lock: it sees every call whose acceptance came first, and whoever accepts one now waits for the mark.
    const needed = await findNeeded(transaction, ids);
    const marked = await mark(
      transaction,
      ids.filter((id) => !needed.has(id)),
    );
    return { marked, cursor: ids.length < artifactsAtOnce ? null : (ids.at(-1) ?? null) };
  });
}

/** What an acceptance holds at this moment is passed by: this waits for nobody, and so stands in no order of locks. */
function lockOld(transaction: Transaction<Database>, olderThan: Date, after: string) {
  return transaction
    .selectFrom('artifacts')
    .innerJoin('calls', 'calls.id', 'artifacts.call_id')
    .select('artifacts.id')
    .where('artifacts.removed_at', 'is', null)
    .where('artifacts.created_at', '<', olderThan)
    .$if(after !== '', (query) =>
      query.where(
        sql<boolean>`(artifacts.created_at, artifacts.id) > (select created_at, id from artifacts where id = ${after})`,
      ),
    )
    .where('calls.status', 'in', ended)
    .where((query) =>
      query.not(query.exists(query.selectFrom('spool').whereRef('spool.call_id', '=', 'artifacts.call_id'))),
    )
    .orderBy('artifacts.created_at')
    .orderBy('artifacts.id')
    .limit(artifactsAtOnce)
    .forNoKeyUpdate('artifacts')
    .skipLocked()
    .execute();
}

/** One look into the index of what calls are made from. A call that names an upload which was made from an artifact needs the upload only. */
async function findNeeded(transaction: Transaction<Database>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select distinct named.id from calls cross join unnest(calls.source_artifact_ids) as named (id)
    where calls.source_artifact_ids && ${ids}::text[] and calls.status = any(${open})
      and named.id = any(${ids})
      and jsonb_path_exists(calls.input, '$.*[*].artifactId ? (@ == $id)', jsonb_build_object('id', named.id))`.execute(
    transaction,
  );
  return new Set(rows.map(({ id }) => id));
}

async function mark(transaction: Transaction<Database>, ids: readonly string[]): Promise<MarkedArtifact[]> {
  if (ids.length === 0) return [];
  return transaction
    .updateTable('artifacts')
    .set({ removed_at: sql<Date>`clock_timestamp()`, deletion_pending: true })
    .where('id', 'in', ids)
    .returning(['id', 'object_key', 'content_type'])
    .execute();
}
