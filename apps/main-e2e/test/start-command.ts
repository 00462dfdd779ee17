import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '@darkroom/testing';
import { workspaceRoot } from './document-commands.ts';

/** A command of the README that stays in the foreground until it is told to stop. */
export interface RunningCommand {
  output(): string;
  waitFor(text: string, timeoutSeconds: number): Promise<void>;
  /** Presses Ctrl-C and waits until the command has ended. */
  interrupt(): Promise<void>;
}

/** Runs it as a terminal would: in a process group of its own, which a Ctrl-C reaches as a whole. Where: in the workspace's root, if nothing is said. */
export function startCommand(
  command: string,
  environment: Record<string, string>,
  directory = workspaceRoot,
): RunningCommand {
  const child = spawn('bash', ['-c', `exec ${command}`], {
    cwd: directory,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (printed += bytes.toString()));

  return {
    output: () => printed,
    waitFor: async (text, timeoutSeconds) => {
      const hasPrinted = async () => printed.includes(text) || hasEnded();
      await until(`"${command}" prints "${text}"`, hasPrinted, timeoutSeconds).catch((error: Error) => {
        throw new Error(`${error.message} It printed:\n${printed}`);
      });
      if (!printed.includes(text))
        throw new Error(`"${command}" ended with ${child.exitCode ?? child.signalCode}. It printed:\n${printed}`);
    },
    interrupt: async () => {
      if (!hasEnded() && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
      await exited;
    },
  };
}
