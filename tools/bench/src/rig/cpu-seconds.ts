import { familyOf, type ProcessTable, readProcessTable } from './process-table.ts';

// Linux shows CPU time in hundredths of a second to every program, whatever the kernel counts in.
const ticksPerSecond = 100;

/** User and system seconds that each process has used with its children, living and dead. `readTable`: for tests. */
export function cpuSecondsOf<Name extends string>(
  processes: Readonly<Record<Name, number>>,
  readTable: () => ProcessTable = readProcessTable,
): Record<Name, number> {
  const table = readSteadyTable(Object.values<number>(processes), readTable);
  const secondsOf = (pid: number) =>
    familyOf(table, pid).reduce((sum, member) => sum + (table.get(member)?.cpuTicks ?? 0), 0) / ticksPerSecond;
  const entries = Object.entries<number>(processes).map(([name, pid]) => [name, secondsOf(pid)]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

/** The same of all of them together, in milliseconds. */
export function cpuMillisecondsOf(processes: Readonly<Record<string, number>>): number {
  return Object.values(cpuSecondsOf(processes)).reduce((sum, seconds) => sum + seconds * 1000, 0);
}

/**
 * A table is read process by process. What a child has used that ends meanwhile is lost: its parent was read before it knew, and the child is there
 * no more. So the table is read until nobody of the families has left since the last time.
 */
function readSteadyTable(pids: readonly number[], readTable: () => ProcessTable): ProcessTable {
  const membersIn = (table: ProcessTable) => pids.flatMap((pid) => familyOf(table, pid));
  let table = readTable();
  for (;;) {
    const next = readTable();
    if (membersIn(table).every((member) => next.has(member))) return next;
    table = next;
  }
}
