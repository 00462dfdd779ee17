import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

/** Every account needs its counter row before it can make calls. */
export async function saveAccounts(database: Kysely<Database>, accountIds: readonly string[]): Promise<void> {
  const rows = [...new Set(accountIds)].map((id) => ({ id }));
  await database
    .insertInto('accounts')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
