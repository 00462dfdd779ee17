import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly parent: number;
  /** Of the process itself and of its children that have ended. */
  readonly cpuTicks: number;
}

/** All processes of the machine at one moment, as Linux tells them. */
export type ProcessTable = ReadonlyMap<number, ProcessEntry>;

export function readProcessTable(): ProcessTable {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(pids.map(Number).flatMap((pid) => readEntry(pid).map((entry) => [pid, entry] as const)));
}

/** A process with its children and theirs. Fails where it is not there. */
export function familyOf(table: ProcessTable, pid: number): number[] {
  if (!table.has(pid)) throw new Error(`Process ${pid} has ended while it was being measured.`);
  const children = [...table].filter(([, { parent }]) => parent === pid).map(([child]) => child);
  return [pid, ...children.flatMap((child) => familyOf(table, child))];
}

function readEntry(pid: number): ProcessEntry[] {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    // A process may end between being listed and being read.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
  // The name in parentheses may hold anything; what follows it is numbers, the first of them the third field (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (position: number) => Number(fields[position - 3]);
  return [{ parent: field(4), cpuTicks: field(14) + field(15) + field(16) + field(17) }];
}
