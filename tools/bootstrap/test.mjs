import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ensureInstalled, InstallationError } from './ensure-installed.mjs';
import { ensureMiddleware, runMany } from './run-many.mjs';
import { findProjects, readTaskCodes, judgeProject } from './test-results.mjs';
import { renderReport, summarize } from './test-report.mjs';

const root = resolve(import.meta.dirname ?? dirname(process.argv[1]), '../..');
const summaryFile = join(root, 'test-results', 'summary.json');
const nxRunFile = join(root, '.nx', 'cache', 'run.json');

try {
  process.exitCode = await testEverything();
} catch (error) {
  if (!(error instanceof InstallationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Lints, type-checks and tests every project, and prints what came of it. A test that did not run is a test that failed. */
async function testEverything() {
  rmSync(summaryFile, { force: true });
  const { environment } = await ensureInstalled({ root });
  await ensureMiddleware({ root, environment });
  const projects = findProjects(root);
  for (const project of projects) rmSync(project.resultFile, { force: true });
  rmSync(nxRunFile, { force: true });

  const ending = await runMany(['--targets=lint,typecheck,test'], {
    root,
    environment: { ...environment, NX_CACHE_DIRECTORY: dirname(nxRunFile) },
  });
  const codes = readTaskCodes(nxRunFile);
  const verdicts = projects.map((project) => judgeProject(project, codes));
  const summary = summarize(verdicts, ending);
  mkdirSync(dirname(summaryFile), { recursive: true });
  writeFileSync(summaryFile, `${JSON.stringify(summary, null, 2)}\n`);
  process.stdout.write(renderReport(verdicts, summary));
  return summary.failed === 0 ? 0 : 1;
}
