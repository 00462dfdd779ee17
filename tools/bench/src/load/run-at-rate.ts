import { setTimeout as delay } from 'node:timers/promises';
import type { LoadResult } from './run-in-flight.ts';

export interface RateLoad {
  readonly perSecond: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Makes requests at fixed moments, whether or not the earlier ones are answered: a slow answer does not thin out the load. */
export async function runAtRate(
  { perSecond, seconds, signal }: RateLoad,
  request: () => Promise<void>,
): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const measured = async () => {
    const sentAt = performance.now();
    await request();
    latenciesMs.push(performance.now() - sentAt);
  };
  const underWay: Promise<void>[] = [];
  const count = Math.max(1, Math.round(perSecond * seconds));
  for (let index = 0; index < count; index += 1) {
    const dueAt = startedAt + (index * 1000) / perSecond;
    await delay(Math.max(0, dueAt - performance.now()), undefined, { signal });
    underWay.push(measured());
  }
  await Promise.all(underWay);
  return { latenciesMs, elapsedSeconds: (performance.now() - startedAt) / 1000 };
}
