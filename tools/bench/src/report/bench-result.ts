import type { MachineFacts } from '../machine/describe-machine.ts';
import type { MemoryFigure } from '../measurements/measure-memory.ts';
import type { ComparisonGroup } from './comparison.ts';

/** All that a run found. */
export interface BenchResult {
  readonly machine: MachineFacts;
  /** How it was measured, as names and values. */
  readonly settings: Readonly<Record<string, string>>;
  readonly groups: readonly ComparisonGroup[];
  readonly memory: readonly MemoryFigure[];
}
