import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tryLock, type OperatingSystemLock } from '@darkroom/platform-files';
import { withProgress, type ReportProgress } from '../progress/report-progress.ts';
import type { BinaryDefinition } from './binary-definition.ts';
import { buildWithGo } from './build-with-go.ts';
import { downloadRelease } from './download-release.ts';
import { findOnPath, isExecutableFile } from './find-on-path.ts';

export interface BinaryContext {
  readonly environment: NodeJS.ProcessEnv;
  readonly cacheDirectory: string;
  readonly reportProgress: ReportProgress;
  readonly abortSignal: AbortSignal;
}

/**
 * Finds a binary or gets it: the path a person named, the cache, the pinned version on PATH, a build with Go, the official release. What is
 * got is kept in the cache, whole or not at all, and two checkouts never get the same one at the same time.
 */
export async function resolveBinary(binary: BinaryDefinition, context: BinaryContext): Promise<string> {
  const named = namedByPerson(binary, context.environment);
  if (named !== undefined) return named;
  const cached = join(context.cacheDirectory, `${binary.name}-${binary.version}`, binary.name);
  if (isExecutableFile(cached)) return cached;
  const onPath = findOnPath(binary.name, context.environment);
  if (onPath !== undefined && isPinnedVersion(onPath, binary)) return onPath;

  mkdirSync(context.cacheDirectory, { recursive: true });
  const lock = await waitForLock(binary, context);
  try {
    if (!isExecutableFile(cached)) await getBinary(binary, { ...context, target: cached });
    return cached;
  } finally {
    lock.release();
  }
}

function namedByPerson({ name, pathVariable }: BinaryDefinition, environment: NodeJS.ProcessEnv): string | undefined {
  const path = environment[pathVariable];
  if (!path) return undefined;
  if (isExecutableFile(path)) return path;
  throw new Error(
    `${pathVariable} names ${path}, which is no executable file. Correct it, or unset it to let Darkroom get ${name}.`,
  );
}

function isPinnedVersion(path: string, { version, versionCheck }: BinaryDefinition): boolean {
  const { stdout } = spawnSync(path, versionCheck.args, { encoding: 'utf8', timeout: 10_000 });
  return versionCheck.pattern.exec(stdout ?? '')?.[1] === version;
}

async function waitForLock(
  { name, version }: BinaryDefinition,
  { cacheDirectory, reportProgress, abortSignal }: BinaryContext,
): Promise<OperatingSystemLock> {
  const path = join(cacheDirectory, `${name}-${version}.lock`);
  return withProgress(reportProgress, `waiting for another process that is getting ${name}`, async () => {
    for (;;) {
      const lock = tryLock(path);
      if (lock !== undefined) return lock;
      await delay(200, undefined, { signal: abortSignal });
    }
  });
}

async function getBinary(binary: BinaryDefinition, context: BinaryContext & { target: string }): Promise<void> {
  const failures: string[] = [];
  const go = findOnPath('go', context.environment);
  const ways = [
    ...(go === undefined ? [] : [() => buildWithGo(binary, { ...context, go })]),
    () => downloadRelease(binary, context),
  ];
  for (const getIt of ways) {
    try {
      return await getIt();
    } catch (error) {
      context.abortSignal.throwIfAborted();
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    [
      `Could not get ${binary.name} ${binary.version}.`,
      ...failures.map((failure) => `- ${failure}`),
      ...(go === undefined ? ['- Go was not found on PATH, so it could not be built.'] : []),
      `Any of these helps: install Go and try again; allow access to ${new URL(releaseOf(binary)).host}; put ${binary.name} ` +
        `${binary.version} on PATH; set ${binary.pathVariable} to a binary that you have.`,
    ].join('\n'),
  );
}

function releaseOf({ release }: BinaryDefinition): string {
  return release({ system: process.platform, architecture: process.arch }).archiveUrl;
}
