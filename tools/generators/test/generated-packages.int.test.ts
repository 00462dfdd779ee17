import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { WorkspaceCopy } from './workspace-copy.ts';

const deliveries = ['call', 'poll', 'callback'];
const nameOf = (delivery: string) => `probe-${delivery}`;
const packages = deliveries.map((delivery) => `libs/integrations-${nameOf(delivery)}`);
const modules = deliveries.map((delivery) => `apps/provider-simulator/src/providers/${nameOf(delivery)}`);

let workspace: WorkspaceCopy;

beforeAll(async () => {
  workspace = await WorkspaceCopy.create();
  for (const delivery of deliveries) {
    const name = nameOf(delivery);
    const generator = ['@darkroom/generators:integration', name, `--delivery=${delivery}`, '--skipInstall'];
    expect(await workspace.run('.', 'nx', 'g', ...generator)).toMatchObject({ code: 0 });
    await workspace.linkProject(`libs/integrations-${name}`);
  }
});

afterAll(() => workspace.remove());

const passes = async (folder: string, command: string, ...args: string[]) => {
  const { code, output } = await workspace.run(folder, command, ...args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
};

test('Nx knows the new projects', async () => {
  const projects = await passes('.', 'nx', 'show', 'projects');
  expect(projects.split('\n')).toEqual(expect.arrayContaining(deliveries.map((d) => `integrations-${nameOf(d)}`)));
});

test('what is generated is formatted', async () => {
  await passes('.', 'prettier', '--check', ...packages, ...modules);
});

test('what is generated passes lint, boundaries included', async () => {
  await passes('.', 'eslint', '--max-warnings=0', ...packages, ...modules);
});

test('what is generated passes the type check, and so do the apps that know it now', async () => {
  await passes('.', 'tsc', '-b', ...packages, ...['provider-simulator', 'main', 'async-task-worker'].map(libOf));
});

const libOf = (app: string) => `apps/${app}/tsconfig.lib.json`;

test.each(packages)('the unit tests of %s pass', async (folder) => {
  expect(await passes(folder, 'jest', 'unit')).toMatch(/Tests: +\d+ passed, \d+ total/);
});

// The kit plays every kind on the example and on the real ones: here one package shows that it runs as generated. `npm run test:faults` plays all.
const played = process.env['CONFORMANCE_FAULTS'] === 'all' ? packages : packages.slice(1, 2);

test.each(played)(
  '%s passes the conformance kit',
  async (folder) => {
    expect(await passes(folder, 'jest', 'conformance')).toMatch(/Tests: +\d+ passed, \d+ total/);
  },
  900_000,
);
