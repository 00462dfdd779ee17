import type { Pool } from '@darkroom/platform-postgres';

/** The floor's two tables: what a bare handler inserts, and what a bare workflow leaves behind. */
export async function createFloorTables(pool: Pool): Promise<void> {
  await pool.query(`
    create table if not exists accepted (
      id text primary key,
      account_id text not null,
      body jsonb not null,
      created_at timestamptz not null default now()
    );
    create table if not exists results (
      id text primary key,
      account_id text not null,
      status text not null,
      input jsonb not null,
      output jsonb not null,
      created_at timestamptz not null default now()
    )`);
}
