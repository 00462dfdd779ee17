import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, findFreePort, startStack, type Stack } from '@darkroom/testing';
import { commandsOf, workspaceRoot } from './document-commands.ts';
import { until } from './until.ts';

const run = promisify(execFile);
const guide = 'docs/guides/notifications.md';
const commands = commandsOf(guide)
  .map(({ command }) => command)
  .filter((command) => command.startsWith('curl '));
const isAboutSecret = (command: string) => command.includes('-o secret.json') && command.includes("-d '{}'");

let stack: Stack;
let directory: string;
let receiverPort: number;
let receiver: ChildProcess | undefined;
let printed = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'darkroom-guide-'));
  receiverPort = await findFreePort();
  stack = await startStack({ allowOrigins: [`http://127.0.0.1:${receiverPort}`] });
}, 240_000);
afterAll(async () => {
  if (receiver?.exitCode === null) {
    receiver.kill();
    await once(receiver, 'exit');
  }
  await stack?.stop();
  await rm(directory, { recursive: true, force: true });
  await expectNoLeakedProcesses();
}, 60_000);

const execute = async (command: string) => {
  const here = command
    .replaceAll('localhost:3000', new URL(stack.main.url).host)
    .replaceAll('127.0.0.1:4000', `127.0.0.1:${receiverPort}`);
  return (await run('bash', ['-ec', `set -o pipefail; ${here}`], { cwd: directory })).stdout;
};

/** The receiver of the guide, word for word, with the official library. */
async function startReceiver(): Promise<void> {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(await readFile(join(workspaceRoot, guide), 'utf8')) ?? [];
  await writeFile(join(directory, 'receiver.mjs'), code);
  await symlink(join(workspaceRoot, 'node_modules'), join(directory, 'node_modules'));
  // Nx forces colours, also where nobody sees them.
  const env = { ...process.env, FORCE_COLOR: '0', RECEIVER_PORT: String(receiverPort) };
  receiver = spawn(process.execPath, ['receiver.mjs'], { cwd: directory, env, stdio: ['ignore', 'pipe', 'inherit'] });
  receiver.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const listens = () =>
    fetch(`http://127.0.0.1:${receiverPort}`).then(
      () => true,
      () => false,
    );
  await until('the receiver listens', listens);
}

test('each curl of the guide works, and its receiver verifies what comes and prints it once', async () => {
  const secretCommand = commands.find(isAboutSecret) ?? 'the secret is missing';
  await execute(secretCommand);
  await startReceiver();
  for (const command of commands.filter((one) => one !== secretCommand)) {
    const answer = await execute(command);
    expect(`${command} → ${answer}`).not.toContain('urn:darkroom:problem');
    // What follows asks for its notification.
    if (command.includes('-o call.json')) await until('the call has ended', () => Promise.resolve(printed !== ''));
  }

  await until('the resend is delivered', async () => {
    const { items } = JSON.parse(await readFile(join(directory, 'notifications.json'), 'utf8')) as {
      items: { id: string }[];
    };
    const response = await fetch(`${stack.main.url}/v1/notifications/${items[0]?.id}`);
    const { attempts } = (await response.json()) as { attempts: unknown[] };
    return attempts.length === 2;
  });
  expect(printed).toMatch(/^\d+ call\.completed completed\n$/);
}, 120_000);
