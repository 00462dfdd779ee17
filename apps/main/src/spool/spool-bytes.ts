import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

/** How much the spool holds. */
export async function spoolBytes(database: Kysely<Database>): Promise<number> {
  const { total } = await database
    .selectFrom('spool')
    .select(sql<number>`coalesce(sum(bytes), 0)::bigint`.as('total'))
    .executeTakeFirstOrThrow();
  return total;
}
