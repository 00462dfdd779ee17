import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from '@darkroom/platform-files';
import { socketPath } from './socket-path.ts';
import { serveSupervisor } from './supervisor-server.ts';
import { sweepOrphans } from './sweep-orphans.ts';

const [dataDirectory, deployFile] = process.argv.slice(2);
if (dataDirectory === undefined || deployFile === undefined)
  throw new Error('usage: supervisor-process <data directory> <deploy file>');

const firstConnectionMilliseconds = 15_000;

// Two may be started at the same time: the one without the lock leaves, and its client finds the other.
const lock = tryLock(join(dataDirectory, 'supervisor.lock'));
if (lock === undefined) process.exit(0);

for (const name of await sweepOrphans(dataDirectory))
  process.stdout.write(`stopped ${name}, which an earlier run had left behind\n`);

const path = socketPath(dataDirectory);
const leave = () => {
  server.close();
  rmSync(path, { force: true });
  process.exit(0);
};
const unused = setTimeout(leave, firstConnectionMilliseconds);
const server = await serveSupervisor({
  dataDirectory,
  deployFile,
  path,
  onIdle: leave,
  onConnection: () => clearTimeout(unused),
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stopAll().then(leave));
process.on('SIGHUP', () => undefined);
