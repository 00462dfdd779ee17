import type { Rig } from '../rig/start-rig.ts';
import { memoryMegabytesOf } from '../rig/memory-megabytes.ts';

/** Memory of one process after the load, in MB. */
export interface MemoryFigure {
  readonly process: string;
  readonly megabytes: number;
}

export function measureMemory({ processes: { ours, floor } }: Rig): MemoryFigure[] {
  const { API: main, worker, ...shared } = ours;
  const named = { main, worker, 'floor: API': floor['API'], 'floor: worker': floor['worker'], ...shared };
  return Object.entries(named).flatMap(([process, pid]) =>
    pid === undefined ? [] : [{ process, megabytes: memoryMegabytesOf(pid) }],
  );
}
