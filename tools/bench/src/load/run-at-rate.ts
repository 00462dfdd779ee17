import { setTimeout as delay } from 'node:timers/promises';
import type { LoadResult } from './run-in-flight.ts';
import { withinPatience } from './within-patience.ts';

export interface RateLoad {
  readonly perSecond: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/**
 * Makes requests at fixed moments, whether or not the earlier ones are answered: a slow answer does not thin out the load. After one
 * that fails, or is not answered, no further one is made.
 */
export async function runAtRate(
  { perSecond, seconds, signal }: RateLoad,
  request: () => Promise<void>,
): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  const failed = new AbortController();
  const over = AbortSignal.any([signal, failed.signal]);
  const startedAt = performance.now();
  const measured = async () => {
    const sentAt = performance.now();
    await withinPatience('A request', request(), { signal: over });
    latenciesMs.push(performance.now() - sentAt);
  };
  const underWay: Promise<void>[] = [];
  const count = Math.max(1, Math.round(perSecond * seconds));
  try {
    for (let index = 0; index < count; index += 1) {
      const dueAt = startedAt + (index * 1000) / perSecond;
      await delay(Math.max(0, dueAt - performance.now()), undefined, { signal: over });
      const made = measured();
      made.catch((error: unknown) => failed.abort(error));
      underWay.push(made);
    }
    await Promise.all(underWay);
  } catch (error) {
    throw failed.signal.aborted ? failed.signal.reason : error;
  }
  return { latenciesMs, elapsedSeconds: (performance.now() - startedAt) / 1000 };
}
