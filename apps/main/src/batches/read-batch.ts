import { createHash, type Hash } from 'node:crypto';
import { type BatchSettings, batchSettingsSchema } from '@darkroom/contract';
import { canonicalJson } from '../calls/canonical-json.ts';
import { readTimes } from '../calls/read-times.ts';
import { schemaFaults } from '../calls/schema-faults.ts';
import { findUnstorable } from '../calls/unstorable-text.ts';
import type { ProblemFault } from '../problems/problem-error.ts';
import type { BatchBody, BatchCalls, ParsedCall } from './batch-body.ts';
import { createBreather } from './breather.ts';
import { invalidBatch, noCalls } from './malformed-batch.ts';

/** A batch whose settings are read and whose calls are still as they came. */
export interface AskedBatch {
  settings: BatchSettings;
  /** Its own faults; those of its calls are found later, so that one answer lists all. */
  faults: ProblemFault[];
  beginsAt: Date | undefined;
  calls: BatchCalls;
  /** What its `batchId` stands for. */
  bodySha256: Buffer;
}

/** Reads the body of `POST /v1/batches` but for its calls; throws a ProblemError where it is no batch at all. */
export async function readBatch(body: BatchBody | undefined, now: Date): Promise<AskedBatch> {
  if (!isRecord(body?.settings)) throw invalidBatch([{ path: '', message: 'must be an object' }]);
  const { calls: _none, ...given } = body.settings;
  if (body.calls === undefined || body.calls.count === 0) throw invalidBatch([noCalls]);
  const parsed = batchSettingsSchema.safeParse(given);
  const times = readTimes(parsed.data ?? {}, now);
  const faults = [
    ...(parsed.error === undefined ? [] : schemaFaults(parsed.error)),
    ...findUnstorable(given, []),
    ...times.faults,
  ];
  // With faults it is never accepted, nor looked for: what its settings would be does not matter then.
  const settings = faults.length === 0 && parsed.data !== undefined ? parsed.data : batchSettingsSchema.parse({});
  const bodySha256 = await hashOf(settings, body.calls);
  return { settings, faults, beginsAt: times.read.startAt, calls: body.calls, bodySha256 };
}

async function hashOf(settings: BatchSettings, calls: BatchCalls): Promise<Buffer> {
  const breather = createBreather();
  const hash: Hash = createHash('sha256').update(canonicalJson({ metadata: {}, ...settings }));
  for (let index = 0; index < calls.count; index += 1) {
    hash.update('\n').update(textOf(calls.read(index)));
    await breather.breathe();
  }
  return hash.digest();
}

/**
 * `metadata` that is left out means the same as an empty one, for the batch and for its calls. What cannot be a call has the text of none: no batch
 * was accepted with it, so none is the same.
 */
function textOf(call: ParsedCall): string {
  if ('fault' in call) return `${call.fault.path} ${call.fault.message}`;
  return canonicalJson(isRecord(call.value) ? { metadata: {}, ...call.value } : call.value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
