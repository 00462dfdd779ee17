import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf } from '../../process/process-identity.ts';
import { sendSignal } from '../../process/send-signal.ts';
import { waitUntil } from '../../process/wait-until.ts';

/** Stops a PostgreSQL that still runs on the directory after its starter was killed. */
export async function stopOrphanedPostgres(dataDirectory: string): Promise<void> {
  const pidFile = join(dataDirectory, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === undefined || commandLineOf(pid) === undefined) return;
  const isOrphan = () => commandLineOf(pid)?.includes(dataDirectory) === true;
  // The process id may belong to another program by now, which PostgreSQL would take for a running server.
  if (!isOrphan()) return rmSync(pidFile, { force: true });
  sendSignal(pid, 'SIGINT');
  if (!(await waitUntil(() => !isOrphan(), { timeoutMilliseconds: 10_000 }))) {
    throw new Error(
      `A PostgreSQL (process ${pid}) still runs on ${dataDirectory} and does not stop. Stop it and try again.`,
    );
  }
}

function readPid(path: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isNaN(pid) ? undefined : pid;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
