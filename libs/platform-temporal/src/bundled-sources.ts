import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The paths of the files that a bundle was made from. */
export type BundledSources = Set<string>;

/** What a bundle was made from, and the bundle itself, by the sha256 of each. */
export interface SourceRecord {
  code: string;
  sources: Record<string, string>;
}

const sdkVersion = (createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string }).version;

/** Names the bundle of a workflows module made by this version of the SDK. */
export function keyOf(workflowsPath: string): string {
  return sha256(`${sdkVersion}\n${workflowsPath}`).slice(0, 32);
}

export async function recordSources(paths: BundledSources, code: string): Promise<SourceRecord> {
  const hashed = await Promise.all([...paths].map(async (path) => [path, await hashOfFile(path)] as const));
  const onDisk = hashed.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { code: sha256(code), sources: Object.fromEntries(onDisk) };
}

export async function isUnchanged(record: SourceRecord, codePath: string): Promise<boolean> {
  const expected = [...Object.entries(record.sources), [codePath, record.code] as const];
  const same = await Promise.all(expected.map(async ([path, hash]) => (await hashOfFile(path)) === hash));
  return same.every(Boolean);
}

/** Undefined for what is no file: the bundler lists folders and files of its own making too. */
async function hashOfFile(path: string): Promise<string | undefined> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile ? sha256(await readFile(path)) : undefined;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
