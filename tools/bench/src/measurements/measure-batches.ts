import { Pool } from 'undici';
import { checkCompleted } from '../batches/check-completed.ts';
import { readEndedCalls } from '../batches/account-calls.ts';
import { makeRequests } from '../load/make-requests.ts';
import type { ComparisonGroup } from '../report/comparison.ts';
import { takeTurns } from '../rig/accounts.ts';
import { cpuMillisecondsOf } from '../rig/cpu-seconds.ts';
import { expectStatus, postJson } from '../rig/json-requests.ts';
import { untilIdle } from '../rig/until-idle.ts';
import { alternateRounds } from '../rounds/alternate-rounds.ts';
import type { MeasurementContext } from './measurement-context.ts';

/** How batches are measured; the report prints it. */
export const batchSettings = { calls: (length: number) => between(16, Math.round(200 * length), 1_000), inFlight: 16 };

interface Round {
  readonly acceptedPerSecond: number;
  readonly completedPerSecond: number;
  /** Of all processes that take part, for each call, until the last one has ended. */
  readonly cpuMs: number;
}

/** Sends calls of this prompt and resolves once all are accepted. */
type Send = (prompt: string) => Promise<void>;

/** The calls of a batch beside the same calls sent one by one, from the first request to the end of the last call. */
export async function measureBatches({ rig, rounds, length }: MeasurementContext): Promise<ComparisonGroup> {
  const { signal } = rounds;
  const { inFlight } = batchSettings;
  const count = batchSettings.calls(length);
  const headers = { authorization: `Bearer ${takeTurns(1)().apiKey}` };
  const pool = new Pool(rig.stack.main.url, { connections: inFlight });
  const post = async (path: string, body: unknown) => expectStatus(await postJson(pool, path, { headers, body }), 202);

  const together: Send = (prompt) =>
    post('/v1/batches', { maxConcurrent: count, calls: Array.from({ length: count }, () => callOf(prompt)) });
  const oneByOne: Send = (prompt) => makeRequests({ count, inFlight, signal }, () => post('/v1/calls', callOf(prompt)));
  const measure = (send: Send) => async (): Promise<Round> => {
    // Of this round alone, so that the simulator can tell its submissions from others.
    const prompt = `bench: a crowd of calls, ${crypto.randomUUID()}`;
    const before = cpuMillisecondsOf(rig.processes.ours);
    const startedAt = Date.now();
    await send(prompt);
    const acceptedAt = Date.now();
    const calls = await readEndedCalls({ pool, headers, createdAfter: startedAt - 1, signal }, count);
    const after = cpuMillisecondsOf(rig.processes.ours);
    const endedAt = checkCompleted({ calls, count, submissions: await rig.stack.control.submissions(prompt) });
    await untilIdle(rig.processes, signal);
    const perSecond = (at: number) => (count * 1000) / (at - startedAt);
    return {
      acceptedPerSecond: perSecond(acceptedAt),
      completedPerSecond: perSecond(endedAt),
      cpuMs: (after - before) / count,
    };
  };

  try {
    const sides = { batch: measure(together), 'one by one': measure(oneByOne) };
    const results = await alternateRounds('batches', sides, rounds);
    const of = (figure: keyof Round) => ({
      ours: results.batch.map((round) => round[figure]),
      floor: results['one by one'].map((round) => round[figure]),
    });
    return {
      title: `A batch of ${count} calls`,
      floor: `Darkroom as well: the same calls of the same account sent one by one over HTTP, ${inFlight} requests in flight. The batch may have all of its calls under way at once. Both from the first request on; after each round all calls had completed, and the simulator had received and was paid for exactly so many`,
      comparisons: [
        { title: 'calls of a batch accepted', unit: '/s', better: 'higher', ...of('acceptedPerSecond') },
        { title: 'calls of a batch completed', unit: '/s', better: 'higher', ...of('completedPerSecond') },
        { title: 'CPU per call of a batch, all processes', unit: 'ms', better: 'lower', ...of('cpuMs') },
      ],
    };
  } finally {
    await pool.destroy();
  }
}

function callOf(prompt: string) {
  return { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt } };
}

function between(least: number, value: number, most: number): number {
  return Math.min(Math.max(least, value), most);
}
