export { postgresSettings } from './postgres-settings.ts';
export { createPool, never } from './create-pool.ts';
export type { Pool, PoolOptions } from './create-pool.ts';
export { createDatabase } from './create-database.ts';
export { migrate, MigrationError } from './migrate.ts';
export type { Migrations } from './migrate.ts';
