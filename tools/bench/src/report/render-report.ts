import type { BenchResult } from './bench-result.ts';
import { judge, type Aim, type Comparison, type ComparisonGroup } from './comparison.ts';
import { formatFigure } from './format-figure.ts';
import { renderTable } from './render-table.ts';

/** The figures of a run as Markdown: what was measured where, and each figure with its rounds. */
export function renderReport({ machine, settings, groups, memory }: BenchResult): string {
  return [
    '## Results',
    ...groups.map(renderGroup),
    '### Memory after the load',
    renderTable(
      ['process', 'MB'],
      memory.map(({ process, megabytes }) => [process, formatFigure(megabytes)]),
    ),
    '## Machine',
    renderTable(['', ''], Object.entries(machine)),
    '## Settings',
    renderTable(['', ''], Object.entries(settings)),
    '## Rounds',
    renderTable(
      ['figure', 'ours', 'floor'],
      groups.flatMap(({ comparisons }) => comparisons.map(roundsOf)),
    ),
  ].join('\n\n');
}

function renderGroup({ title, floor, comparisons }: ComparisonGroup): string {
  const table = renderTable(['figure', 'ours', 'floor', 'ratio', 'aim', ''], comparisons.map(rowOf));
  return `### ${title}\n\nFloor: ${floor}.\n\n${table}`;
}

function rowOf(comparison: Comparison): string[] {
  const { ours, floor, ratio, verdict } = judge(comparison);
  const { title, unit, better, aim } = comparison;
  return [
    title,
    `${formatFigure(ours)} ${unit}`,
    `${formatFigure(floor)} ${unit}`,
    `${ratio.toFixed(2)}×`,
    aim === undefined ? '' : aimText(aim, better),
    verdict === 'no aim' ? '' : verdict,
  ];
}

function aimText(aim: Aim, better: Comparison['better']): string {
  if (aim.kind === 'beat the floor') return better === 'lower' ? 'less than the floor' : 'more than the floor';
  return `${better === 'lower' ? '≤' : '≥'} ${aim.limit}×`;
}

function roundsOf({ title, unit, ours, floor }: Comparison): string[] {
  const listed = (values: readonly number[]) => values.map(formatFigure).join(', ');
  return [`${title} (${unit})`, listed(ours), listed(floor)];
}
