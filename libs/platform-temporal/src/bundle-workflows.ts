import { readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TemporaryFiles } from '@darkroom/platform-files';
import { type BundledSources, isUnchanged, keyOf, recordSources, type SourceRecord } from './bundled-sources.ts';
import { removeUnusedBundles } from './remove-unused-bundles.ts';

/** What `Worker.create` takes as `workflowBundle`. */
export interface WorkflowBundle {
  codePath: string;
}

interface BundleRequest {
  /** The module that exports the workflows: a source (`.ts`) or a built file. */
  workflowsPath: string;
  /** Where the bundle is made, and kept for the next start. */
  temporaryFiles: Pick<TemporaryFiles, 'withDirectory' | 'keptDirectory'>;
}

const bundlesDirectory = 'workflow-bundles';

/**
 * Bundles the workflows of one package, or takes the bundle of an earlier start when every file that went into it still has
 * the same content. Bundles that nobody has taken for 30 days are removed.
 */
export async function bundleWorkflows({ workflowsPath, temporaryFiles }: BundleRequest): Promise<WorkflowBundle> {
  const cacheDirectory = await temporaryFiles.keptDirectory(bundlesDirectory);
  const cacheKey = keyOf(workflowsPath);
  const recordPath = join(cacheDirectory, `${cacheKey}.json`);
  const codePath = join(cacheDirectory, `${cacheKey}.js`);

  const record = await readRecord(recordPath);
  if (record !== undefined && (await isUnchanged(record, codePath))) await markUsed([codePath, recordPath]);
  else {
    const { code, sources } = await bundle(workflowsPath);
    const written = JSON.stringify(await recordSources(sources, code));
    await temporaryFiles.withDirectory(async (directory) => {
      await putFile(codePath, code, directory);
      await putFile(recordPath, written, directory);
    });
  }
  await removeUnusedBundles(cacheDirectory);
  return { codePath };
}

async function bundle(workflowsPath: string): Promise<{ code: string; sources: BundledSources }> {
  // Only here, so that a process that bundles nothing does not load the bundler.
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const sources: BundledSources = new Set();
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: {
        ...config.resolve,
        ...(workflowsPath.endsWith('.ts') && { conditionNames: ['@darkroom/source', '...'] }),
      },
      plugins: [
        ...(config.plugins ?? []),
        (compiler) =>
          compiler.hooks.done.tap('recordSources', ({ compilation }) => {
            for (const path of compilation.fileDependencies) sources.add(path);
          }),
      ],
    }),
  });
  return { code, sources };
}

async function readRecord(path: string): Promise<SourceRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as SourceRecord;
  } catch {
    // Missing, or cut off by a crash: bundling again is always right.
    return undefined;
  }
}

/** Processes that start at once each write a whole file; the last one stays. */
async function putFile(path: string, content: string, directory: string): Promise<void> {
  const temporary = join(directory, basename(path));
  await writeFile(temporary, content);
  await rename(temporary, path);
}

async function markUsed(paths: readonly string[]): Promise<void> {
  const now = new Date();
  for (const path of paths) await utimes(path, now, now);
}
