import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { PretendWorkspace } from './pretend-workspace.ts';

let workspace: PretendWorkspace;

beforeEach(async () => {
  workspace = await PretendWorkspace.create();
  await workspace.install();
  await workspace.write('tools/deploy-tool/src/cli.ts', "console.log('darkroom', process.argv.slice(2).join(' '));");
  await workspace.script('node_modules/.bin/nx', ['echo "nx $*"; echo "nx $*" > built']);
});
afterEach(() => workspace.remove());

const npmStart = (...names: string[]) => workspace.run('node', 'tools/bootstrap/start.mjs', ...names);
const whatNxWasAsked = async () => (await workspace.run('cat', 'built')).stdout;

test('npm start builds the page, says so without the noise of a build, and then starts everything', async () => {
  const { code, output } = await npmStart();

  expect(output).toMatch(/^Building the web page.*\nThe web page is built \(\d+ s\)\.\ndarkroom start\n$/);
  expect(await whatNxWasAsked()).toMatch(/^nx build web /);
  expect(code).toBe(0);
});

test('what does not serve the page starts without it', async () => {
  expect((await npmStart('postgres', 'temporal')).output).toBe('darkroom start postgres temporal\n');
  expect((await npmStart('main')).output).toMatch(/The web page is built.*\ndarkroom start main\n/);
});

test('where the page cannot be built, npm start shows why, says the way out, and starts nothing', async () => {
  await workspace.script('node_modules/.bin/nx', ['echo "a word is missing in gallery.tsx" >&2', 'exit 1']);
  const { code, output } = await npmStart();

  expect(output).toContain('a word is missing in gallery.tsx');
  expect(output).toContain('mend the cause, and run the command again');
  expect(output).toContain('"npx darkroom start"');
  expect(output).not.toMatch(/^darkroom|\bat .*:\d+:\d+/m);
  expect(code).toBe(1);
});

test('a build that is interrupted starts nothing, and is no failure of the page', async () => {
  await workspace.script('node_modules/.bin/nx', ['kill -TERM "$PPID"', 'exec sleep 60']);
  const { code, output } = await npmStart();

  expect(output).not.toContain('could not be built');
  expect(output).not.toContain('darkroom start');
  expect(code).toBe(130);
});
