import type { Batch } from '@darkroom/contract';
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
