import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isWholeRun, readBenchOptions, usage, UsageError, type BenchOptions } from './bench-options.ts';
import { renderDocument } from './report/render-document.ts';
import { renderReport } from './report/render-report.ts';
import { runBenchmarks } from './run-benchmarks.ts';

const documentPath = join(resolve(import.meta.dirname, '../../..'), 'docs', 'benchmarks.md');

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));
process.once('SIGTERM', () => interrupted.abort(new Error('interrupted')));

try {
  await run(readBenchOptions(process.argv.slice(2)));
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
  else console.error(interrupted.signal.aborted ? 'Interrupted; everything was stopped.' : error);
  process.exitCode = 1;
}

async function run(options: BenchOptions): Promise<void> {
  const report = renderReport(await runBenchmarks({ ...options, report: console.error, signal: interrupted.signal }));
  console.log(report);
  if (!isWholeRun(options)) return;
  const previous = existsSync(documentPath) ? readFileSync(documentPath, 'utf8') : undefined;
  writeFileSync(documentPath, renderDocument(report, previous));
  console.error('docs/benchmarks.md was written.');
}
