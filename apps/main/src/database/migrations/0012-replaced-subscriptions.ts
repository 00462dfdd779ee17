import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table subscriptions add column until_sequence bigint`.execute(database);
  await sql`
    create index subscriptions_until on subscriptions (account_id, until_sequence)
    where until_sequence is not null`.execute(database);
}
