import type { Pool } from '@darkroom/platform-postgres';

// Named, so that each connection plans them once: the floor gets every advantage that is cheap to have.
const insertAccepted = {
  name: 'insert-accepted',
  text: 'insert into accepted (id, account_id, body) values ($1, $2, $3)',
};
const insertResult = {
  name: 'insert-result',
  text: 'insert into results (id, account_id, status, input, output) values ($1, $2, $3, $4, $5) on conflict (id) do nothing',
};
const selectResult = {
  name: 'select-result',
  text: 'select id, account_id, status, input, output, created_at from results where id = $1',
};

/** The one durable insert of a bare handler. */
export async function saveAccepted(pool: Pool, row: { id: string; accountId: string; body: unknown }): Promise<void> {
  await pool.query({ ...insertAccepted, values: [row.id, row.accountId, JSON.stringify(row.body)] });
}

export interface ResultRow {
  readonly id: string;
  readonly accountId: string;
  readonly input: unknown;
  readonly output: unknown;
}

/** The one row that a bare workflow writes. */
export async function saveResult(pool: Pool, { id, accountId, input, output }: ResultRow): Promise<void> {
  const values = [id, accountId, 'completed', JSON.stringify(input), JSON.stringify(output)];
  await pool.query({ ...insertResult, values });
}

/** The bare primary-key read. */
export async function findResult(pool: Pool, id: string): Promise<object | undefined> {
  return (await pool.query<object>({ ...selectResult, values: [id] })).rows[0];
}
