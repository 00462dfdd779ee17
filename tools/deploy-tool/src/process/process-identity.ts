import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A process id alone may be given to another process later; with the time it started it names one process. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

// PF_EXITING of the kernel, in the field `flags` of proc(5).
const exitingFlag = 0x4;

export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startTime = existsSync('/proc/self/stat') ? startTimeFromProc(pid) : startTimeFromPs(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

export function isSameProcessAlive({ pid, startTime }: ProcessIdentity): boolean {
  return identifyProcess(pid)?.startTime === startTime;
}

function startTimeFromProc(pid: number): string | undefined {
  const stat = readProcFile(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The command name in parentheses may hold spaces, so fields are counted from the last parenthesis (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  // One that is being killed gives up its locks and connections before it is a zombie: it will do nothing any more.
  const isExiting = (Number(fields[6]) & exitingFlag) !== 0;
  return state === 'Z' || state === 'X' || isExiting ? undefined : fields[19];
}

function startTimeFromPs(pid: number): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [state = '', ...startTime] = (stdout ?? '').trim().split(/\s+/);
  return state === '' || state.startsWith('Z') ? undefined : startTime.join(' ');
}

/** What the process was started with, or nothing where it has gone or may not be seen. */
export function commandLineOf(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) {
    return readProcFile(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim() || undefined;
  }
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() || undefined;
}

/** A file of /proc, or nothing where its process has gone or may not be seen. */
export function readProcFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined;
    throw error;
  }
}
