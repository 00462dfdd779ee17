import { sql, type Kysely } from 'kysely';

/** A call that no request was made of has no entry in either index. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table calls
      add column request jsonb,
      add column request_id text,
      add column user_id text`.execute(database);
  await sql`
    create unique index calls_of_request_id on calls (account_id, request_id)
    where request_id is not null`.execute(database);
  await sql`
    create index calls_of_user on calls (account_id, user_id, id desc)
    where user_id is not null`.execute(database);
}
