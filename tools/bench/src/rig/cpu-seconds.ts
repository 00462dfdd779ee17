import { familyOf, readProcessTable } from './process-table.ts';

// Linux shows CPU time in hundredths of a second to every program, whatever the kernel counts in.
const ticksPerSecond = 100;

/** User and system seconds that each process has used with its children, living and dead. */
export function cpuSecondsOf<Name extends string>(processes: Readonly<Record<Name, number>>): Record<Name, number> {
  const table = readProcessTable();
  const secondsOf = (pid: number) =>
    familyOf(table, pid).reduce((sum, member) => sum + (table.get(member)?.cpuTicks ?? 0), 0) / ticksPerSecond;
  const entries = Object.entries<number>(processes).map(([name, pid]) => [name, secondsOf(pid)]);
  return Object.fromEntries(entries) as Record<Name, number>;
}
