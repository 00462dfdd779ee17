import type { Pool } from '@darkroom/platform-postgres';

const queryTimeoutMs = 10_000;

/** A statement that each connection plans once, for the hot paths. The name must be unique in the process. */
export function preparedQuery<Values extends unknown[], Row extends object>(name: string, text: string) {
  return async (pool: Pool, values: Values): Promise<Row[]> => {
    // query_timeout is pg's own option for one query; its types know it for a client only.
    const query = { name, text, values, query_timeout: queryTimeoutMs };
    return (await pool.query<Row>(query)).rows;
  };
}
