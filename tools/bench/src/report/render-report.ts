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

/** The figures of one question as Markdown. */
export function renderGroup({ title, floor, comparisons }: ComparisonGroup): string {
  const table = renderTable(['figure', 'ours', 'floor', 'ratio', 'aim', ''], comparisons.map(rowOf));
  return `### ${title}\n\nFloor: ${floor}.\n\n${table}`;
}

function rowOf(comparison: Comparison): string[] {
  const { ours, floor, ratio, verdict } = judge(comparison);
  const { title, unit, aim } = comparison;
  return [
    title,
    withUnit(formatFigure(ours), unit),
    withUnit(formatFigure(floor), unit),
    ratioText(ratio, floor),
    aim === undefined ? '' : aimText(aim, comparison),
    verdict === 'no aim' ? '' : verdict,
  ];
}

/** Beside a floor that was too small to be measured there is no ratio. */
function ratioText(ratio: number, floor: number): string {
  return floor > 0 ? `${ratio.toFixed(2)}×` : '–';
}

function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text} ${unit}`;
}

function aimText(aim: Aim, { better, unit }: Comparison): string {
  if (aim.kind === 'beat the floor') return better === 'lower' ? 'less than the floor' : 'more than the floor';
  const limit = aim.kind === 'ratio' ? `${aim.limit}×` : withUnit(String(aim.limit), unit);
  return `${better === 'lower' ? '≤' : '≥'} ${limit}`;
}

function roundsOf({ title, unit, ours, floor }: Comparison): string[] {
  const listed = (values: readonly number[]) => values.map(formatFigure).join(', ');
  return [withUnit(title, unit && `(${unit})`), listed(ours), listed(floor)];
}
