import { parseArgs } from 'node:util';

/** The parts of the benchmark that can be run on their own. */
export const benchParts = [
  'accept',
  'end-to-end',
  'throughput',
  'polls',
  'tasks',
  'batches',
  'webhooks',
  'push',
  'waiting',
] as const;
export type BenchPart = (typeof benchParts)[number];

export interface BenchOptions {
  readonly parts: readonly BenchPart[];
  /** Rounds of each side; the warm-up round is not one of them. */
  readonly rounds: number;
  /** The usual length of a round is multiplied by it. */
  readonly length: number;
}

export const usage = `npm run bench -- [--only ${benchParts.join('|')}] [--rounds N] [--length FACTOR]

  --only    Only this part; may be given more than once. docs/benchmarks.md is written by whole runs only.
  --rounds  Rounds of each side, 3 by default.
  --length  Makes rounds shorter or longer, 1 by default. docs/benchmarks.md is written with 1 or more only.`;

export class UsageError extends Error {}

export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { only, rounds, length } = parse(args);
  const parts = only?.map(partOf) ?? benchParts;
  return {
    parts,
    rounds: positive('--rounds', rounds, Number.isInteger),
    length: positive('--length', length, Number.isFinite),
  };
}

/** Whether a run with these options may stand as the last run. */
export function isWholeRun({ parts, rounds, length }: BenchOptions): boolean {
  return benchParts.every((part) => parts.includes(part)) && rounds >= 3 && length >= 1;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        rounds: { type: 'string', default: '3' },
        length: { type: 'string', default: '1' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function partOf(name: string): BenchPart {
  const part = benchParts.find((known) => known === name);
  if (part === undefined) throw new UsageError(`There is no part "${name}".`);
  return part;
}

function positive(option: string, text: string, isAllowed: (value: number) => boolean): number {
  const value = Number(text);
  if (value > 0 && isAllowed(value)) return value;
  throw new UsageError(`${option} does not take "${text}".`);
}
