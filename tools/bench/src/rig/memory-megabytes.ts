import { readFileSync } from 'node:fs';
import { familyOf, readProcessTable } from './process-table.ts';

/**
 * Memory of a process and its children. For one process that is its resident set; in a family, such as PostgreSQL's, each
 * takes its share of the pages that they have in common.
 */
export function memoryMegabytesOf(pid: number): number {
  const family = familyOf(readProcessTable(), pid);
  const field = family.length === 1 ? 'Rss' : 'Pss';
  return family.reduce((sum, member) => sum + readKilobytes(member, field), 0) / 1024;
}

function readKilobytes(pid: number, field: 'Rss' | 'Pss'): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0);
}
