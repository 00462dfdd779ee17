import type { PlayedFault } from './play-fault.ts';

interface Results {
  results: ReadonlyMap<string, PlayedFault | undefined>;
  leftOut: readonly { title: string; reason: string }[];
}

const neverDoes = 'The provider never does it.';

/** The table that a run prints: one line for each fault, and what was not played. */
export function renderResultsTable(title: string, { results, leftOut }: Results): string {
  const header = ['fault', 'end', 'claimed', 'accepted', 'refused', 'unknown', 'paid', 'looks', 'callbacks'];
  const played = [...results].filter(([, result]) => result?.isUnplayable !== true);
  const rows = played.map(([fault, result]) => [fault, ...cellsOf(result)]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const unplayable = [...results.keys()].filter((fault) => results.get(fault)?.isUnplayable === true);
  const notPlayed = [...unplayable.map((fault) => ({ title: fault, reason: neverDoes })), ...leftOut];
  return [
    `${title}: ${rows.length} faults`,
    line(header),
    ...rows.map(line),
    ...notPlayed.map(({ title: fault, reason }) => `not played: ${fault}. ${reason}`),
  ].join('\n');
}

function cellsOf(played: PlayedFault | undefined): string[] {
  if (played === undefined) return ['no end'];
  const { status, error, submissions } = played.call;
  const { claimed, accepted, refused, unknown } = submissions;
  const looks = played.submissions.map(({ polls }) => polls?.count ?? 0).reduce((sum, count) => sum + count, 0);
  const callbacks = played.submissions.flatMap((submission) => submission.callbacks ?? []);
  return [
    error?.code ?? status,
    ...[claimed, accepted, refused, unknown, played.paid, looks].map(String),
    callbacks.map(({ status: answer }) => answer ?? 'none').join(' '),
  ];
}
