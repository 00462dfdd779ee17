import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';

/** Which secrets an account's webhooks are signed with, newest first. */
export interface WebhookSecrets {
  generation: number;
  createdAt: Date;
  /** Until when the one before it counts too. */
  previousUntil: Date | undefined;
  /** All that count now. */
  generations: number[];
}

/** Undefined where the account never made one. */
export async function findWebhookSecrets(
  database: Kysely<Database> | Transaction<Database>,
  accountId: string,
): Promise<WebhookSecrets | undefined> {
  const rows = await database
    .selectFrom('webhook_secrets')
    .select(['generation', 'created_at', 'valid_until'])
    .where('account_id', '=', accountId)
    .where(sql<boolean>`(valid_until is null or valid_until > clock_timestamp())`)
    .orderBy('generation', 'desc')
    .execute();
  const [newest, ...earlier] = rows;
  if (newest === undefined) return undefined;
  const ends = earlier.flatMap(({ valid_until }) => valid_until ?? []).map((end) => end.getTime());
  return {
    generation: newest.generation,
    createdAt: newest.created_at,
    previousUntil: ends.length === 0 ? undefined : new Date(Math.max(...ends)),
    generations: rows.map(({ generation }) => generation),
  };
}

/** Each is a signature in a header, and receivers take no header of any length. */
const mostThatCount = 8;

/**
 * Makes the next secret of an account. All that count keep counting for the time of the overlap at least, so that an answer that was lost,
 * and therefore asked for again, takes no receiver's secret away; without an overlap all of them end.
 */
export async function renewWebhookSecret(
  database: Kysely<Database>,
  accountId: string,
  overlapSeconds: number,
): Promise<WebhookSecrets> {
  return database.transaction().execute(async (transaction) => {
    // Two that renew at once would both make the same generation.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`webhook secret ${accountId}`}, 0))`.execute(transaction);
    await sql`
      update webhook_secrets
      set valid_until = case
        when ${overlapSeconds}::double precision = 0 then clock_timestamp()
        else greatest(valid_until, clock_timestamp() + ${overlapSeconds} * interval '1 second') end
      where account_id = ${accountId} and (valid_until is null or valid_until > clock_timestamp())`.execute(
      transaction,
    );
    await sql`
      insert into webhook_secrets (account_id, generation)
      select ${accountId}, coalesce(max(generation), 0) + 1 from webhook_secrets where account_id = ${accountId}`.execute(
      transaction,
    );
    await sql`
      update webhook_secrets set valid_until = clock_timestamp()
      where account_id = ${accountId} and valid_until > clock_timestamp() and generation <= (
        select max(generation) from webhook_secrets where account_id = ${accountId}) - ${mostThatCount}::integer`.execute(
      transaction,
    );
    const secrets = await findWebhookSecrets(transaction, accountId);
    if (secrets === undefined) throw new Error('The secret that was just made is not there.');
    return secrets;
  });
}
