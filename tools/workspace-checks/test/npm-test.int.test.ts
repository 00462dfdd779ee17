import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PretendWorkspace } from './pretend-workspace.ts';

const green = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numTotalTests: 3,
  numTotalTestSuites: 1,
  numRuntimeErrorTestSuites: 0,
};
const codes = { 'one:lint': 0, 'one:typecheck': 0, 'one:test': 0 };
let workspace: PretendWorkspace;

beforeEach(async () => {
  workspace = await PretendWorkspace.create();
  await workspace.addProject('libs/one', 'one', 1);
});
afterEach(() => workspace.remove());

const npmTest = () => workspace.run('node', 'tools/bootstrap/test.mjs');

describe('npm test', () => {
  beforeEach(() => workspace.install());

  test('prints the counts of every project and succeeds where all is well', async () => {
    await workspace.addProject('apps/two', 'two', 1);
    await workspace.pretendRun({
      codes: { ...codes, 'two:lint': 0, 'two:typecheck': 0, 'two:test': 0 },
      counts: { 'libs/one': green, 'apps/two': { ...green, numPassedTests: 4, numTotalTests: 4 } },
    });

    const { code, output } = await npmTest();

    expect(output).toMatch(/one +ok +ok +3 +0\n/);
    expect(output).toMatch(/two +ok +ok +4 +0\n/);
    expect(output).toContain('2 projects: 7 tests passed, 0 failures');
    expect(code).toBe(0);
  });

  test.each([
    [
      'a failed test',
      { counts: { 'libs/one': { ...green, numPassedTests: 2, numFailedTests: 1 } } },
      /one +ok +ok +2 +1/,
    ],
    ['a skipped test', { counts: { 'libs/one': { ...green, numPendingTests: 1 } } }, /one: tests skipped: 1/],
    ['a test still to do', { counts: { 'libs/one': { ...green, numTodoTests: 2 } } }, /one: tests still to do: 2/],
    [
      'a test file that could not run',
      { counts: { 'libs/one': { ...green, numRuntimeErrorTestSuites: 1 } } },
      /could not run: 1/,
    ],
    [
      'a test file that was left out',
      { counts: { 'libs/one': { ...green, numTotalTestSuites: 0 } } },
      /did not run: 1/,
    ],
    [
      'a run without a test',
      { counts: { 'libs/one': { ...green, numPassedTests: 0, numTotalTests: 0 } } },
      /one: tests: none ran/,
    ],
    ['missing results', { counts: {} }, /one: tests: no results, although there are 1 test files/],
    ['a lint error', { codes: { ...codes, 'one:lint': 1 } }, /one: lint: failed/],
    ['a type error', { codes: { ...codes, 'one:typecheck': 2 } }, /one: types: failed/],
    ['a check that never ran', { codes: { 'one:lint': 0, 'one:test': 0 } }, /one: types: did not run/],
    [
      'a leak after green tests',
      { codes: { ...codes, 'one:test': 1 } },
      /one: tests: passed, but their process failed/,
    ],
    ['an Nx that gave up', { exitCode: 7 }, /nx ended with 7/],
  ])('fails for %s', async (_name, run, explanation) => {
    await workspace.pretendRun({ codes, counts: { 'libs/one': green }, ...run });

    const { code, output } = await npmTest();

    expect(output).toMatch(explanation);
    expect(output).toMatch(/1 projects: \d+ tests passed, [1-9]\d* failures/);
    expect(code).toBe(1);
  });

  test('adds up the seconds of the conformance kits, and fails nobody who is slow', async () => {
    await workspace.addProject('libs/two', 'two', 1);
    await workspace.pretendRun({
      codes: { ...codes, 'two:lint': 0, 'two:typecheck': 0, 'two:test': 0 },
      counts: { 'libs/one': { ...green, kitSeconds: 300.4 }, 'libs/two': { ...green, kitSeconds: 100.4 } },
    });

    const { code, output } = await npmTest();

    expect(output).toContain(
      'The conformance kits took 401 s together; the aim is 360 s:\n  one: 300 s\n  two: 100 s\n',
    );
    expect(code).toBe(0);
  });

  test('tells every failed test again at the end, where it is found', async () => {
    const failures = [{ file: 'src/a.unit.test.ts', name: 'adds › two numbers', message: 'expected 3\nreceived 4' }];
    await workspace.pretendRun({
      codes: { ...codes, 'one:test': 1 },
      counts: { 'libs/one': { ...green, numFailedTests: 1, failures } },
    });

    const { code, output } = await npmTest();

    expect(output).toMatch(
      /\n\nFAILED one src\/a\.unit\.test\.ts: adds › two numbers\n {2}expected 3\n {2}received 4\n\n1 projects: /,
    );
    expect(code).toBe(1);
  });

  test('does not take the results of an earlier run for its own', async () => {
    await workspace.pretendRun({ codes, counts: { 'libs/one': green } });
    await npmTest();
    await workspace.pretendRun({ codes });

    expect((await npmTest()).code).toBe(1);
  });
});

describe('npm run test:faults', () => {
  test.each([
    ['every integration and what the generator writes', [], 'integrations-*,generators'],
    ['those that are named', ['sora', 'veo'], 'integrations-sora,integrations-veo'],
  ])('plays %s, with kills', async (_name, named, projects) => {
    await workspace.install();
    await workspace.script('node_modules/.bin/nx', ['echo "faults: $CONFORMANCE_FAULTS; $*"']);

    const { output } = await workspace.run('node', 'tools/bootstrap/test-faults.mjs', ...named);

    expect(output).toContain('faults: all;');
    expect(output).toContain(`--projects=${projects} `);
    expect(output).toMatch(/ -- conformance\.int generated-packages\.int\n/);
  });
});

test('npm run test:delivery runs the delivery test at its full size, whatever is cached', async () => {
  await workspace.install();
  await workspace.script('node_modules/.bin/nx', ['echo "delivery: $DELIVERY; $*"']);

  const { output } = await workspace.run('node', 'tools/bootstrap/test-delivery.mjs');

  expect(output).toContain('delivery: full;');
  expect(output).toMatch(/--projects=communication-e2e --skipNxCache -- push\.e2e\n/);
});

describe('.ci/run', () => {
  test.each([
    [0, '3 passed, 0 failed', green],
    [1, '2 passed, 1 failed', { ...green, numPassedTests: 2, numFailedTests: 1 }],
  ])('exits with %i and ends with the line "%s"', async (exitCode, line, counts) => {
    await workspace.install();
    await workspace.pretendRun({ codes, counts: { 'libs/one': counts } });

    const { code, stdout } = await workspace.run('.ci/run');

    expect(stdout.trimEnd().split('\n').at(-1)).toBe(line);
    expect(code).toBe(exitCode);
  });

  test('reports a failure where nothing could be installed', async () => {
    await workspace.script('bin/npm', ['[ "$1" = test ] && exec node tools/bootstrap/test.mjs', 'exit 9']);

    const { code, output } = await workspace.run('.ci/run');

    expect(output).toContain('npm ci ended with code 9');
    expect(output).toMatch(/0 passed, 1 failed\n/);
    expect(code).toBe(1);
  });
});

describe('installing before anything runs', () => {
  test('runs npm ci where nothing is installed, and not a second time', async () => {
    await workspace.script('bin/npm', [
      'echo "npm $*"',
      'mkdir -p node_modules/node/bin node_modules/.bin',
      `ln -s ${process.execPath} node_modules/node/bin/node`,
      'printf "#!/bin/sh\\nexit 1\\n" > node_modules/.bin/nx; chmod +x node_modules/.bin/nx',
      'printf "#!/bin/sh\\nexit 0\\n" > node_modules/.bin/darkroom; chmod +x node_modules/.bin/darkroom',
      'cp package-lock.json node_modules/.package-lock.json',
    ]);

    expect((await npmTest()).output).toContain('npm ci --include=dev');
    expect((await npmTest()).output).not.toContain('npm ci');
  });

  test('runs npm ci again where the lock file has moved on', async () => {
    await workspace.install('1.0.0');
    await workspace.script('bin/npm', ['echo "npm $*"', 'exit 1']);

    const { output } = await npmTest();

    expect(output).toContain('node is not the locked version');
    expect(output).toContain('npm ci --include=dev');
  });

  test('gets the middleware before any test waits for it, and tests nothing without it', async () => {
    await workspace.install();
    await workspace.addProject('libs/one', 'one', 1);
    await workspace.pretendRun({ codes, counts: { 'libs/one': green } });
    expect(await npmTest()).toMatchObject({ code: 0, output: expect.stringContaining('darkroom install') });

    await workspace.script('node_modules/.bin/darkroom', ['echo "no network" >&2', 'exit 1']);
    const { code, output } = await npmTest();

    expect(output).toContain('no network');
    expect(output).toContain('The middleware could not be installed: see above. Nothing was tested.');
    expect(code).toBe(1);
  });

  test('says how to mend a Node that was never put in place', async () => {
    await workspace.install();
    await workspace.script('node_modules/node/bin/node.sh', ['echo v1.0.0']);
    await workspace.run('mv', 'node_modules/node/bin/node.sh', 'node_modules/node/bin/node');

    const { code, output } = await npmTest();

    expect(output).toContain('run "npm rebuild node"');
    expect(output).not.toMatch(/\bat .*:\d+:\d+/);
    expect(code).toBe(1);
  });
});
