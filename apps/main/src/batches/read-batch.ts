import { createHash, type Hash } from 'node:crypto';
import { type BatchSettings, batchSettingsSchema, maxBatchCalls } from '@darkroom/contract';
import { canonicalJson } from '../calls/canonical-json.ts';
import { readTimes } from '../calls/read-times.ts';
import { schemaFaults } from '../calls/schema-faults.ts';
import { findUnstorable } from '../calls/unstorable-text.ts';
import { ProblemError, type ProblemFault } from '../problems/problem-error.ts';
import { createBreather } from './breather.ts';

/** A batch whose settings are read and whose calls are still as they came. */
export interface AskedBatch {
  settings: BatchSettings;
  /** Its own faults; those of its calls are found later, so that one answer lists all. */
  faults: ProblemFault[];
  beginsAt: Date | undefined;
  calls: readonly unknown[];
  /** What its `batchId` stands for. */
  bodySha256: Buffer;
}

/** Reads the body of `POST /v1/batches` but for its calls; throws a ProblemError where it is no batch at all. */
export async function readBatch(body: unknown, now: Date): Promise<AskedBatch> {
  if (!isRecord(body)) throw invalidBatch([{ path: '', message: 'must be an object' }]);
  const { calls, ...given } = body;
  const countFault = faultOfCount(calls);
  if (countFault !== undefined || !Array.isArray(calls)) throw invalidBatch([countFault ?? noCalls]);
  const parsed = batchSettingsSchema.safeParse(given);
  // With faults it is never accepted: what its settings would be does not matter then.
  const settings = parsed.data ?? batchSettingsSchema.parse({});
  const times = readTimes(settings, now);
  const faults = [
    ...(parsed.error === undefined ? [] : schemaFaults(parsed.error)),
    ...findUnstorable(given, []),
    ...times.faults,
  ];
  return { settings, faults, beginsAt: times.read.startAt, calls, bodySha256: await hashOf(settings, calls) };
}

const noCalls: ProblemFault = { path: '/calls', message: `must be a list of 1 to ${maxBatchCalls} calls` };

function faultOfCount(calls: unknown): ProblemFault | undefined {
  if (!Array.isArray(calls) || calls.length === 0) return noCalls;
  if (calls.length <= maxBatchCalls) return undefined;
  return { path: '/calls', message: `must have at most ${maxBatchCalls} calls; make several batches of them` };
}

/** `metadata` that is left out means the same as an empty one, for the batch and for its calls. */
async function hashOf(settings: BatchSettings, calls: readonly unknown[]): Promise<Buffer> {
  const breather = createBreather();
  const hash: Hash = createHash('sha256').update(canonicalJson({ metadata: {}, ...settings }));
  for (const call of calls) {
    hash.update('\n').update(canonicalJson(isRecord(call) ? { metadata: {}, ...call } : call));
    await breather.breathe();
  }
  return hash.digest();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells what is wrong with a batch. */
export function invalidBatch(errors: ProblemFault[]): ProblemError {
  return new ProblemError('invalid_request', 'Correct what `errors` lists and send the batch again.', { errors });
}
