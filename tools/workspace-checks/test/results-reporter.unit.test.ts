import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { workspaceRoot } from './workspace-root.ts';

type Reporter = new (config: { rootDir: string }) => { onRunComplete(contexts: undefined, results: object): void };
const reporterFile = join(workspaceRoot, 'tools/workspace-checks/jest/results-reporter.mjs');
const { ResultsReporter } = (await import(reporterFile)) as { readonly ResultsReporter: Reporter };

test('keeps what failed, with its file and its message in plain text', async () => {
  const rootDir = await mkdtemp(join(tmpdir(), 'results-'));
  const passed = { status: 'passed', fullName: 'holds', failureMessages: [] };
  const failed = { status: 'failed', fullName: 'adds › numbers', failureMessages: ['\u001b[31mexpected 3\u001b[39m'] };
  const whole = { testFilePath: join(rootDir, 'src/a.unit.test.ts'), testResults: [passed, failed], perfStats: {} };
  const broken = {
    testFilePath: join(rootDir, 'src/b.unit.test.ts'),
    testResults: [],
    perfStats: {},
    testExecError: new Error('no such module'),
    failureMessage: `no such module${'.'.repeat(5_000)}`,
  };

  new ResultsReporter({ rootDir }).onRunComplete(undefined, { testResults: [whole, broken] });

  const { failures } = JSON.parse(await readFile(join(rootDir, 'test-results/jest.json'), 'utf8'));
  await rm(rootDir, { recursive: true });
  expect(failures).toEqual([
    { file: 'src/a.unit.test.ts', name: 'adds › numbers', message: 'expected 3' },
    {
      file: 'src/b.unit.test.ts',
      name: 'could not run',
      message: expect.stringMatching(/^no such module.* … \(cut\)$/),
    },
  ]);
});
