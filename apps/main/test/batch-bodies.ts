import type { Batch, BatchStrategy, OnFailure } from '@darkroom/contract';
import { inTurn } from './in-turn.ts';
import { testLimits } from './internal-side.ts';
import { goodBody, type PublicApi, type RequestOptions } from './public-api.ts';

/** So many calls, each with its number in its prompt. */
export const callsNumbered = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...goodBody, input: { prompt: `number ${index}` } }));

/** The same batch as lines: its settings, and each of its calls. */
export const asLines = ({ calls, ...settings }: { calls: readonly unknown[] }) =>
  [settings, ...calls].map((line) => JSON.stringify(line)).join('\n');

export const ndjson = { 'content-type': 'application/x-ndjson' };

export const submitBatch = (api: PublicApi, options: RequestOptions) =>
  api.request<Batch>('/v1/batches', { method: 'POST', ...options });

export const submitBatchInTurn = (api: PublicApi, options: RequestOptions) => inTurn(() => submitBatch(api, options));

/** How many batches, calls and events there are. */
export const countAccepted = (api: PublicApi) =>
  Promise.all((['batches', 'calls', 'events'] as const).map((table) => api.countRows(table)));

/** A batch as it is accepted once its body was read, of calls that nothing is wrong with. */
export function batchOf(given: {
  calls: number;
  maxConcurrent?: number;
  onFailure?: OnFailure;
  strategy?: BatchStrategy;
  beginsAt?: Date | undefined;
}) {
  const { calls, maxConcurrent = 10, onFailure = 'continue', strategy = 'parallel', beginsAt } = given;
  const settings = { strategy, maxConcurrent, onFailure };
  const submission = {
    integration: 'testing',
    operation: 'draw',
    input: { prompt: 'a tree' },
    metadata: {},
    limits: testLimits,
  };
  return {
    asked: { settings, beginsAt, bodySha256: Buffer.alloc(32) },
    submissions: Array.from({ length: calls }, () => submission),
  };
}
