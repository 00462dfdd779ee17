import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

/** Whether an account has a batch with this id. */
export async function hasBatch(database: Kysely<Database>, accountId: string, id: string): Promise<boolean> {
  const batch = await database
    .selectFrom('batches')
    .select('id')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return batch !== undefined;
}
