import { join } from 'node:path';
import { listProcessRecords } from '../process/process-record.ts';
import { stopOrphan } from '../process/stop-orphan.ts';

/** Stops what a killed supervisor or `serve` left running in a data directory, and answers with the names. */
export async function sweepOrphans(dataDirectory: string): Promise<string[]> {
  const stopped = await Promise.all(listProcessRecords(join(dataDirectory, 'run')).map((record) => stopOrphan(record)));
  return stopped.flatMap((record) => (record === undefined ? [] : [record.name]));
}
