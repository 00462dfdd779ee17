import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { faultKinds } from '../src/plans/fault.schema.ts';
import { startSimulator } from './running-simulator.ts';

const readReadme = () => readFile(new URL('../README.md', import.meta.url), 'utf8');

test('every curl of the README is answered with success', async () => {
  const simulator = await startSimulator();
  const blocks = [...(await readReadme()).matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
  const commands = blocks
    .join('')
    .replaceAll('\\\n', '')
    .split('\n')
    .filter((line) => line.startsWith('curl '));
  expect(commands.length).toBeGreaterThan(7);
  for (const command of commands) {
    const here = command.replace('http://127.0.0.1:3900', simulator.origin).replace('curl ', 'curl --fail-with-body ');
    await promisify(execFile)('sh', ['-c', here]);
  }
  await simulator.stop();
});

test('the README names every fault', async () => {
  const readme = await readReadme();
  expect(faultKinds.filter((kind) => !readme.includes(`\`${kind}\``))).toEqual([]);
});
