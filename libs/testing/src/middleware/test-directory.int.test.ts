import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const claimMany = `
  const { claimTestDirectory } = await import(${JSON.stringify(new URL('test-directory.ts', import.meta.url).href)});
  for (let claimed = 0; claimed < 300; claimed += 1) (await claimTestDirectory()).remove();
`;

test('test processes that claim and remove directories at once do not disturb each other', async () => {
  expect(await Promise.all([1, 2, 3].map(claimInProcess))).toEqual(['', '', '']);
});

/** What the process had to complain of. */
async function claimInProcess(): Promise<string> {
  const claimer = spawn(
    process.execPath,
    ['--conditions=@darkroom/source', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', claimMany],
    { cwd: fileURLToPath(new URL('.', import.meta.url)), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return text(claimer.stderr);
}
