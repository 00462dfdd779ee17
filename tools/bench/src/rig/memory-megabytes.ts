import { readFileSync } from 'node:fs';
import { familyOf, readProcessTable } from './process-table.ts';

/**
 * Memory of a process and its children. For one process that is its resident set; in a family, such as PostgreSQL's, each
 * takes its share of the pages that they have in common.
 */
export function memoryMegabytesOf(pid: number): number {
  const [, ...children] = familyOf(readProcessTable(), pid);
  const field = children.length === 0 ? 'Rss' : 'Pss';
  const ofChildren = children.reduce((sum, child) => sum + readUnlessEnded(child, field), 0);
  return (readKilobytes(pid, field) + ofChildren) / 1024;
}

/** A child that has ended, and of which its parent may not have heard yet, has no memory. */
function readUnlessEnded(pid: number, field: 'Rss' | 'Pss'): number {
  try {
    return readKilobytes(pid, field);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return 0;
    throw error;
  }
}

function readKilobytes(pid: number, field: 'Rss' | 'Pss'): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0);
}
