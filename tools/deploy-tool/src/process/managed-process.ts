import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { lastLines } from './last-lines.ts';
import { removeProcessRecord, writeProcessRecord } from './process-record.ts';
import { sendSignal } from './send-signal.ts';

/** What to run. */
export interface ProcessPlan {
  readonly command: string;
  readonly args: readonly string[];
  readonly workingDirectory?: string;
  /** The whole environment; that of this process where it is not given. */
  readonly environment?: Record<string, string | undefined>;
  readonly userId?: number;
  readonly groupId?: number;
  /** How the process is asked to end. Default: SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** How long it may take to end before it is killed. Default: 10 s. */
  readonly stopSeconds?: number;
}

export interface ProcessPlace {
  readonly name: string;
  /** Gets all that the process prints. */
  readonly logFile: string;
  readonly recordFile: string;
  /** A group of its own keeps the terminal's Ctrl-C away from the process. */
  readonly ownGroup: boolean;
}

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly exited: Promise<ProcessExit>;
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Ends the process, and its group where it has one, at once. */
  kill(): void;
  /** Asks the process to end, waits, and kills it when its time is over. */
  stop(): Promise<ProcessExit>;
  /** The end of what this process, and none before it, has printed. */
  lastLines(count?: number): string[];
}

const logFileLimitBytes = 20 * 1024 * 1024;

/** Starts a process whose output goes to a file, so that it survives whoever started it, and which leaves a record. */
export async function startManagedProcess(plan: ProcessPlan, place: ProcessPlace): Promise<ManagedProcess> {
  const { child, logPosition } = spawnIntoLogFile(plan, place);
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => {
      removeProcessRecord(place.recordFile);
      resolve({ code, signal });
    });
  });
  const pid = await pidOf(child, plan.command);
  const { stopSignal = 'SIGTERM', stopSeconds = 10 } = plan;
  writeProcessRecord(place.recordFile, { name: place.name, pid, stopSignal, stopSeconds, ownGroup: place.ownGroup });
  const isRunning = () => child.exitCode === null && child.signalCode === null;

  return {
    name: place.name,
    pid,
    exited,
    isRunning,
    signal: (signal) => void (isRunning() && sendSignal(pid, signal)),
    kill: () => void (isRunning() && sendSignal(place.ownGroup ? -pid : pid, 'SIGKILL')),
    lastLines: (count = 20) => lastLines(place.logFile, count, logPosition),
    stop: async () => {
      if (!isRunning()) return exited;
      sendSignal(pid, stopSignal);
      const timer = setTimeout(() => sendSignal(place.ownGroup ? -pid : pid, 'SIGKILL'), stopSeconds * 1000);
      const exit = await exited;
      clearTimeout(timer);
      return exit;
    },
  };
}

/** Answers where in the log file the output of this process begins, too: earlier runs may have written to it. */
function spawnIntoLogFile(
  plan: ProcessPlan,
  { logFile, ownGroup }: ProcessPlace,
): { child: ChildProcess; logPosition: number } {
  const output = openLogFile(logFile);
  try {
    const logPosition = fstatSync(output).size;
    const child = spawn(plan.command, plan.args, {
      stdio: ['ignore', output, output],
      detached: ownGroup,
      ...(plan.workingDirectory !== undefined && { cwd: plan.workingDirectory }),
      ...(plan.environment !== undefined && { env: plan.environment }),
      ...(plan.userId !== undefined && { uid: plan.userId }),
      ...(plan.groupId !== undefined && { gid: plan.groupId }),
    });
    return { child, logPosition };
  } finally {
    closeSync(output);
  }
}

function openLogFile(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logFileLimitBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a');
}

function pidOf(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid as number));
    child.once('error', (cause) =>
      reject(new Error(`Could not run ${command}: ${cause.message}. Is it installed and executable?`, { cause })),
    );
  });
}

export function describeExit({ code, signal }: ProcessExit): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
