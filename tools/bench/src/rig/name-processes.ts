import type { Rig } from './start-rig.ts';

/** Every process of both sides once, by the name that the report gives it. */
export function nameProcesses({ ours, floor }: Rig['processes']): Record<string, number> {
  const { API: main, worker, ...shared } = ours;
  const named = { main, worker, 'floor: API': floor['API'], 'floor: worker': floor['worker'], ...shared };
  return Object.fromEntries(Object.entries(named).flatMap(([name, pid]) => (pid === undefined ? [] : [[name, pid]])));
}
