import { Client } from 'pg';
import { z } from 'zod';
import { portFor, type MiddlewareContext, type MiddlewareDriver } from '../middleware-driver.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { findPostgresPlace } from './postgres-place.ts';
import { postgresUser } from './postgres-user.ts';
import { stopOrphanedPostgres } from './stop-orphaned-postgres.ts';

const settingsSchema = z.strictObject({
  userName: z.string().min(1),
  password: z.string().min(1),
  database: z.string().min(1),
  /** Server parameters, as in postgresql.conf. */
  parameters: z.record(z.string(), z.string()).default({}),
});

/** So long a check waits for a connection; it is asked again. */
const checkMilliseconds = 3_000;
/** The server has answered by then and nobody asks again: a machine that stands still for a moment is no reason to give it up. */
const provisionMilliseconds = 30_000;

/** A real PostgreSQL from npm's binaries, on loopback only. */
export const driver: MiddlewareDriver = {
  prepare: async (context) => {
    const { userName, password, parameters } = settingsSchema.parse(context.settings);
    const user = postgresUser();
    const place = findPostgresPlace(context.dataDirectory, user, context.reportProgress);
    await stopOrphanedPostgres(place.dataDirectory);
    await initialiseCluster(place, { userName, password }, user);
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...parameters };
    return {
      command: place.binaries.postgres,
      args: [
        ...['-D', place.dataDirectory, '-p', String(portFor(context, 'sql'))],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      workingDirectory: '/',
      environment: context.environment,
      // "Fast" shutdown: open connections do not hold it up.
      stopSignal: 'SIGINT',
      ...user,
    };
  },

  check: (context) => withClient(context, checkMilliseconds, async (client) => void (await client.query('SELECT 1'))),

  provision: async (context) => {
    const { database } = settingsSchema.parse(context.settings);
    await withClient(context, provisionMilliseconds, async (client) => {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
    });
  },

  // After a kill of the server its sessions live a moment longer, and it refuses to start beside them.
  passingFailure: /pre-existing shared memory block/,

  addresses: (context) => ({
    PostgreSQL: `127.0.0.1:${portFor(context, 'sql')}/${settingsSchema.parse(context.settings).database}`,
  }),
};

async function withClient<Result>(
  context: MiddlewareContext,
  connectMilliseconds: number,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const { userName, password } = settingsSchema.parse(context.settings);
  const client = new Client({
    host: '127.0.0.1',
    port: portFor(context, 'sql'),
    user: userName,
    password,
    database: 'postgres',
    connectionTimeoutMillis: connectMilliseconds,
  });
  // A server that stops between two messages is reported by the query itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
