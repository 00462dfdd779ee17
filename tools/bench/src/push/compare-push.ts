import type { Comparison } from '../report/comparison.ts';
import { percentile } from '../statistics/percentile.ts';
import type { PushRound } from './measure-side.ts';
import type { PushSize } from './push-settings.ts';

const latencyAim = { kind: 'value', limit: 50 } as const;
const memoryAim = { kind: 'value', limit: 15 } as const;
const digitsThatGrow = 8;

/** The figures of one size. One connection alone has no memory that could be told from the rest, and "to all" is to it. */
export function comparePush(size: PushSize, rounds: Readonly<Record<'ours' | 'floor', PushRound[]>>): Comparison[] {
  const of = (figure: (round: PushRound) => number) => ({
    ours: rounds.ours.map(figure),
    floor: rounds.floor.map(figure),
  });
  const latencies = (to: string, latenciesOf: (round: PushRound) => number[]): Comparison[] => {
    const percent = (value: number) => of((round) => percentile(latenciesOf(round), value));
    const aim = size.hasLatencyAim && { aim: latencyAim };
    return [
      { title: `p50${to} ${nameOf(size)}`, unit: 'ms', better: 'lower', ...percent(50) },
      { title: `p99${to} ${nameOf(size)}`, unit: 'ms', better: 'lower', ...aim, ...percent(99) },
    ];
  };
  const alone = latencies(',', ({ latenciesMs }) => latenciesMs);
  if (size.connections === 1) return alone;
  return [
    ...alone,
    ...latencies(' to all of', ({ latenciesToAllMs }) => latenciesToAllMs),
    {
      title: `server's memory for a connection, ${nameOf(size)}`,
      unit: 'KB',
      better: 'lower',
      ...(size.hasMemoryAim && { aim: memoryAim }),
      ...of(({ memoryKilobytes }) => memoryKilobytes),
    },
  ];
}

/** Sequences grow by digits; apart from that both sides send messages of one length. Throws where they do not. */
export function checkSameBytes({ ours, floor }: Readonly<Record<'ours' | 'floor', PushRound[]>>): void {
  const sizes = [...ours, ...floor].map(({ bytesEach }) => bytesEach);
  if (Math.max(...sizes) - Math.min(...sizes) <= digitsThatGrow) return;
  throw new Error(`The sides sent messages of different lengths, in bytes: ${sizes.join(', ')}.`);
}

/** `1 connection`, `5,000 connections`. */
export function nameOf({ connections }: PushSize): string {
  return `${connections.toLocaleString('en-US')} ${connections === 1 ? 'connection' : 'connections'}`;
}
