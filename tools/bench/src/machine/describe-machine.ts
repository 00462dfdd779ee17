import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { createRequire } from 'node:module';
import { createPool } from '@darkroom/platform-postgres';
import { connectClient } from '@darkroom/platform-temporal';
import type { Stack } from '@darkroom/testing';
import { measureDurableWrite } from './measure-durable-write.ts';

/** Where a run took place, as names and values in the order of the report. */
export type MachineFacts = Readonly<Record<string, string>>;

export async function describeMachine({ middleware }: Stack): Promise<MachineFacts> {
  const [load] = loadavg();
  const durableWriteMs = await measureDurableWrite(middleware.directory);
  return {
    CPU: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GB`,
    'operating system': `${platform()} ${release()}`,
    'load average before the run': load?.toFixed(2) ?? 'unknown',
    'durable write of 4 KB, median': `${durableWriteMs.toFixed(2)} ms`,
    'Node.js': process.version,
    PostgreSQL: await postgresVersion(middleware.postgres.adminUrl),
    Temporal: `${await temporalVersion(middleware.temporal)} (development server on SQLite)`,
    'Temporal SDK': packageVersion('@temporalio/client'),
    Fastify: packageVersion('fastify'),
  };
}

async function postgresVersion(connectionString: string): Promise<string> {
  const onConnectionLost = (error: Error) => {
    throw error;
  };
  const pool = createPool({ connectionString, max: 1, applicationName: 'bench', onConnectionLost });
  try {
    const { rows } = await pool.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await pool.end();
  }
}

async function temporalVersion(place: { address: string; namespace: string }): Promise<string> {
  const { connection, close } = connectClient({ ...place, identity: 'bench' });
  try {
    return (await connection.workflowService.getSystemInfo({})).serverVersion ?? 'unknown';
  } finally {
    await close();
  }
}

function packageVersion(name: string): string {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string };
  return version;
}
