import type { PlayedFault } from './play-fault.ts';

/** The table that a run prints: one line for each fault. */
export function renderResultsTable(title: string, results: ReadonlyMap<string, PlayedFault | undefined>): string {
  const header = ['fault', 'end', 'claimed', 'accepted', 'refused', 'unknown', 'paid'];
  const rows = [...results].map(([fault, played]) => [fault, ...cellsOf(played)]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [title, line(header), ...rows.map(line)].join('\n');
}

function cellsOf(played: PlayedFault | undefined): string[] {
  if (played === undefined) return ['no end'];
  const { status, error, submissions } = played.call;
  const { claimed, accepted, refused, unknown } = submissions;
  return [error?.code ?? status, ...[claimed, accepted, refused, unknown, played.paid].map(String)];
}
