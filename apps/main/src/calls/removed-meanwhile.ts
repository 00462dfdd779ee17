import type { Pool } from '@darkroom/platform-postgres';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';
import { findRemovedArtifacts } from './find-removed-artifacts.query.ts';

/** Says that retention removed an artifact after an input that names it was read. Whoever reads the input again is told which. */
export class RemovedMeanwhileError extends Error {
  override name = 'RemovedMeanwhileError';
  constructor() {
    super('An artifact was removed after an input that names it was read: read the input again.');
  }
}

/** Throws a RemovedMeanwhileError where one of these artifacts is removed. */
export async function refuseRemoved(pool: Pool, artifactIds: readonly string[] = []): Promise<void> {
  if (artifactIds.length === 0) return;
  if ((await findRemovedArtifacts(pool, [artifactIds])).length > 0) throw new RemovedMeanwhileError();
}

/** Has retention pass these artifacts, which are all different, by until the transaction ends; throws a RemovedMeanwhileError where it came first. */
export async function lockArtifacts(transaction: Transaction<Database>, artifactIds: readonly string[]): Promise<void> {
  if (artifactIds.length === 0) return;
  // Removed ones are not locked: retention writes to several of them.
  const { rows } = await sql`
    select id from artifacts where id = any(${artifactIds}::text[]) and removed_at is null for share`.execute(
    transaction,
  );
  if (rows.length < artifactIds.length) throw new RemovedMeanwhileError();
}
