import type { Pool } from '@darkroom/platform-postgres';
import { until } from './until.ts';

/** Waits until so many statements of a test's database wait for locks of others. */
export async function untilBlocked(pool: Pool, count: number): Promise<void> {
  await until(
    async () => {
      const { rows } = await pool.query<{ count: number }>(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      return rows[0]?.count;
    },
    (blocked) => blocked === count,
  );
}
