import { memoryMegabytesOf } from '../rig/memory-megabytes.ts';
import { nameProcesses } from '../rig/name-processes.ts';
import type { Rig } from '../rig/start-rig.ts';

/** Memory of one process after the load, in MB. */
export interface MemoryFigure {
  readonly process: string;
  readonly megabytes: number;
}

export function measureMemory({ processes }: Rig): MemoryFigure[] {
  return Object.entries(nameProcesses(processes)).map(([process, pid]) => ({
    process,
    megabytes: memoryMegabytesOf(pid),
  }));
}
