import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { type BundledSources, isUnchanged, keyOf, recordSources, type SourceRecord } from './bundled-sources.ts';

/** What `Worker.create` takes as `workflowBundle`. */
export interface WorkflowBundle {
  codePath: string;
}

interface BundleRequest {
  /** The module that exports the workflows: a source (`.ts`) or a built file. */
  workflowsPath: string;
  /** Where bundles are kept for the next start; made where it is missing. */
  cacheDirectory: string;
}

/**
 * Bundles the workflows of one package, or takes the bundle of an earlier start when every file that went into it still has
 * the same content.
 */
export async function bundleWorkflows({ workflowsPath, cacheDirectory }: BundleRequest): Promise<WorkflowBundle> {
  await mkdir(cacheDirectory, { recursive: true });
  const cacheKey = keyOf(workflowsPath);
  const recordPath = join(cacheDirectory, `${cacheKey}.json`);
  const codePath = join(cacheDirectory, `${cacheKey}.js`);

  const record = await readRecord(recordPath);
  if (record !== undefined && (await isUnchanged(record, codePath))) return { codePath };

  const { code, sources } = await bundle(workflowsPath);
  await replaceFile(codePath, code);
  await replaceFile(recordPath, JSON.stringify(await recordSources(sources, code)));
  return { codePath };
}

async function bundle(workflowsPath: string): Promise<{ code: string; sources: BundledSources }> {
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
async function replaceFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.${Date.now()}`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
