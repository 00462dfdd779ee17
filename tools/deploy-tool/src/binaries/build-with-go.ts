import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeExit, startManagedProcess } from '../process/managed-process.ts';
import { stopOrphan } from '../process/stop-orphan.ts';
import { withProgress } from '../progress/report-progress.ts';
import type { BinaryDefinition } from './binary-definition.ts';
import type { BinaryContext } from './resolve-binary.ts';

export async function buildWithGo(
  { name, version, goPackage }: BinaryDefinition,
  {
    environment,
    cacheDirectory,
    reportProgress,
    abortSignal,
    target,
    go,
  }: BinaryContext & { target: string; go: string },
): Promise<void> {
  const recordFile = join(cacheDirectory, `${name}-${version}.build.json`);
  await stopOrphan(recordFile);
  const buildDirectory = mkdtempSync(join(cacheDirectory, `.${name}-${version}-`));
  try {
    const build = await startManagedProcess(
      {
        command: go,
        args: ['install', '-ldflags=-s -w', `${goPackage}@v${version}`],
        workingDirectory: buildDirectory,
        environment: { ...environment, CGO_ENABLED: '0', GOBIN: buildDirectory },
        stopSeconds: 2,
      },
      {
        name: `${name} build`,
        logFile: join(cacheDirectory, `${name}-${version}.build.log`),
        recordFile,
        ownGroup: true,
      },
    );
    const stopBuild = () => void build.stop();
    abortSignal.addEventListener('abort', stopBuild, { once: true });
    // A signal tells nothing of what was before.
    if (abortSignal.aborted) stopBuild();
    const exit = await withProgress(
      reportProgress,
      `building ${name} ${version} with Go, once, about three minutes`,
      () => build.exited,
    );
    abortSignal.removeEventListener('abort', stopBuild);
    abortSignal.throwIfAborted();
    if (exit.code !== 0) {
      throw new Error(
        `go install ${goPackage}@v${version} ended with ${describeExit(exit)}:\n${build.lastLines(5).join('\n')}`,
      );
    }
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(buildDirectory, name), target);
  } finally {
    rmSync(buildDirectory, { recursive: true, force: true });
  }
}
