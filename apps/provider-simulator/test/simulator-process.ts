import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The simulator as a process of its own. */
export interface SimulatorProcess {
  readonly origin: string;
  /** Ends the process by a signal, waits for its end and returns its exit code, or null where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

const server = fileURLToPath(new URL('../src/server.ts', import.meta.url));

/** Starts the simulator and waits until it says where it listens. */
export async function startProcess(environment: Record<string, string>): Promise<SimulatorProcess> {
  const child = launch(environment);
  const origin = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /"address":"(http:[^"]+)"/.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`The simulator ended before it was ready: ${output}`)));
  });
  return { origin, end: (signal) => end(child, signal) };
}

/** Runs a simulator that is expected to refuse to start. */
export async function failToStart(environment: Record<string, string>) {
  const child = launch(environment);
  let message = '';
  child.stderr?.on('data', (chunk: Buffer) => (message += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, message };
}

function launch(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--conditions=@darkroom/source', server], {
    env: { PATH: process.env['PATH'], SIMULATOR_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = (await exit) as [number | null];
  return code;
}
