import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort, until } from '@darkroom/testing';
import { commandsOf, workspaceRoot } from './document-commands.ts';

const run = promisify(execFile);
const guide = 'docs/guides/notifications.md';

/** The guide to notifications as a reader follows it, in a directory of its own. */
export interface NotificationsGuide {
  /** Where the guide's receiver listens: Darkroom has to be allowed to reach it. */
  origin: string;
  /** The `curl` that makes the secret, which has to be there before the receiver starts. */
  secretCommand: string;
  /** All others, in their order. */
  otherCommands: string[];
  /** Runs a command of the guide against this `main`, and answers what it printed. */
  execute(command: string, mainUrl: string): Promise<string>;
  /** Starts the receiver of the guide, word for word, with the official library. */
  startReceiver(): Promise<void>;
  /** What the receiver has printed. */
  printed(): string;
  /** A file that a command has written. */
  readJson(name: string): Promise<unknown>;
  close(): Promise<void>;
}

export async function openNotificationsGuide(): Promise<NotificationsGuide> {
  const directory = await mkdtemp(join(tmpdir(), 'darkroom-guide-'));
  const port = await findFreePort();
  const commands = commandsOf(guide)
    .map(({ command }) => command)
    .filter((command) => command.startsWith('curl '));
  const makesSecret = (command: string) => command.includes('-o secret.json') && command.includes("-d '{}'");
  let receiver: ChildProcess | undefined;
  let printed = '';

  return {
    origin: `http://127.0.0.1:${port}`,
    secretCommand: commands.find(makesSecret) ?? 'the secret is missing',
    otherCommands: commands.filter((command) => !makesSecret(command)),
    async execute(command, mainUrl) {
      const here = command
        .replaceAll('localhost:3000', new URL(mainUrl).host)
        .replaceAll('127.0.0.1:4000', `127.0.0.1:${port}`);
      return (await run('bash', ['-ec', `set -o pipefail; ${here}`], { cwd: directory })).stdout;
    },
    async startReceiver() {
      await writeFile(join(directory, 'receiver.mjs'), await readReceiver());
      await symlink(join(workspaceRoot, 'node_modules'), join(directory, 'node_modules'));
      // Nx forces colours, also where nobody sees them.
      const env = { ...process.env, FORCE_COLOR: '0', RECEIVER_PORT: String(port) };
      const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
      receiver = spawn(process.execPath, ['receiver.mjs'], { cwd: directory, env, stdio });
      receiver.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      await until('the receiver listens', () => isListening(port));
    },
    printed: () => printed,
    readJson: async (name) => JSON.parse(await readFile(join(directory, name), 'utf8')) as unknown,
    async close() {
      if (receiver?.exitCode === null) {
        receiver.kill();
        await once(receiver, 'exit');
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function readReceiver(): Promise<string> {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(await readFile(join(workspaceRoot, guide), 'utf8')) ?? [];
  return code;
}

function isListening(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`).then(
    () => true,
    () => false,
  );
}
