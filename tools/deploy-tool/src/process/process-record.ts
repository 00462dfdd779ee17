import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { identifyProcess, isSameProcessAlive, type ProcessIdentity } from './process-identity.ts';

const processRecordSchema = z.object({
  name: z.string(),
  pid: z.number().int().positive(),
  startTime: z.string(),
  stopSignal: z.string(),
  stopSeconds: z.number(),
  ownGroup: z.boolean(),
  /** Who started it and is to stop it. */
  owner: z.object({ pid: z.number().int(), startTime: z.string() }),
});

/** A note on disk about a process that we started, by which a later run finds it if nobody was left to stop it. */
export type ProcessRecord = z.infer<typeof processRecordSchema>;

export function writeProcessRecord(path: string, record: Omit<ProcessRecord, 'startTime' | 'owner'>): void {
  const identity = identifyProcess(record.pid);
  if (identity === undefined) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(
    draft,
    JSON.stringify({
      ...record,
      ...identity,
      owner: identifyProcess(process.pid) as ProcessIdentity,
    } satisfies ProcessRecord),
  );
  renameSync(draft, path);
}

export function removeProcessRecord(path: string): void {
  rmSync(path, { force: true });
}

/** The recorded process if it still runs. A record of one that has gone is removed. */
export function readLiveProcessRecord(path: string): ProcessRecord | undefined {
  const record = processRecordSchema.safeParse(parseJson(path));
  if (record.success && isSameProcessAlive(record.data)) return record.data;
  removeProcessRecord(path);
  return undefined;
}

export function listProcessRecords(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.endsWith('.json'))
      .map((file) => join(directory, basename(file)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
