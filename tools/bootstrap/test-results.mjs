import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The projects of the workspace, with their test files and the place where Jest leaves its results. */
export function findProjects(root) {
  return ['apps', 'libs', 'tools'].flatMap((kind) => foldersIn(join(root, kind))).flatMap(readProject);
}

/** The exit code of every task that Nx ran, by `project:target`; a task that never ran is missing. */
export function readTaskCodes(runFile) {
  if (!existsSync(runFile)) return {};
  const { tasks } = JSON.parse(readFileSync(runFile, 'utf8'));
  return Object.fromEntries(tasks.map(({ taskId, status }) => [taskId, status]));
}

/** What became of one project: how its checks ended, its tests counted, what failed, and everything else that is wrong, in words. */
export function judgeProject({ name, testFiles, resultFile }, codes) {
  const lint = outcomeOf(codes[`${name}:lint`]);
  const types = outcomeOf(codes[`${name}:typecheck`]);
  const results = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined;
  const tests = { passed: results?.numPassedTests ?? 0, failed: results?.numFailedTests ?? 0 };
  const faults = [
    ...(lint === 'ok' ? [] : [`lint: ${lint}`]),
    ...(types === 'ok' ? [] : [`types: ${types}`]),
    ...faultsOfTests({ testFiles, results, task: outcomeOf(codes[`${name}:test`]) }),
  ];
  return { name, lint, types, tests, faults, failures: results?.failures ?? [], kitSeconds: results?.kitSeconds };
}

function faultsOfTests({ testFiles, results, task }) {
  if (!results)
    return testFiles.length === 0 ? [] : [`tests: no results, although there are ${testFiles.length} test files`];
  const counts = [
    ['tests skipped', results.numPendingTests],
    ['tests still to do', results.numTodoTests],
    ['test files that could not run', results.numRuntimeErrorTestSuites],
  ];
  const faults = counts.filter(([, count]) => count > 0).map(([what, count]) => `${what}: ${count}`);
  if (results.numTotalTests === 0) faults.push('tests: none ran');
  if (results.numTotalTestSuites < testFiles.length) {
    faults.push(`test files that did not run: ${testFiles.length - results.numTotalTestSuites}`);
  }
  const isExplained = faults.length > 0 || results.numFailedTests > 0;
  if (task !== 'ok' && !isExplained) faults.push(`tests: passed, but their process ${task}: see its output`);
  return faults;
}

function outcomeOf(code) {
  if (code === undefined || code === null) return 'did not run';
  return code === 0 ? 'ok' : 'failed';
}

function foldersIn(directory) {
  const entries = existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(directory, entry.name));
}

function readProject(folder) {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return [];
  const testFiles = ['src', 'test', 'regression'].flatMap((part) => findTestFiles(join(folder, part)));
  const { name } = JSON.parse(readFileSync(manifest, 'utf8')).nx;
  return [{ name, testFiles, resultFile: join(folder, 'test-results', 'jest.json') }];
}

function findTestFiles(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true }).filter((file) => file.endsWith('.test.ts'));
}
