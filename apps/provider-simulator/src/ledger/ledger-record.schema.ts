import { z } from 'zod';
import { madeFileSchema } from './made-file.schema.ts';

/** One request that reached a provider's endpoint. */
const submissionSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** When the answer was ready to be sent or the connection ended; absent while the request is in flight. */
  endedAt: z.iso.datetime().optional(),
  provider: z.string(),
  model: z.string().nullable(),
  /** Null where the request ended before its body was read or understood. */
  prompt: z.string().nullable(),
  /** The first 12 hexadecimal digits of the API key's SHA-256; null where no key was sent. */
  keyFingerprint: z.string().nullable(),
  /** Whether the provider took the request on: what a real one would charge for. */
  accepted: z.boolean(),
  /** `in_flight`, `answered`, `client_gone`, `interrupted` (the simulator was killed), or the refusal or fault that it met. */
  outcome: z.string(),
  /** The files of its answer, or those that the answer pointed to; those of a task are with the task. */
  results: z.array(madeFileSchema).optional(),
  /** What the dialect has to say besides: how input images were fetched. */
  notes: z.record(z.string(), z.unknown()).optional(),
});
export type Submission = z.output<typeof submissionSchema>;

export const ledgerRecordSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('received'), submission: submissionSchema }),
  z.object({
    type: z.literal('ended'),
    id: z.string(),
    at: z.iso.datetime(),
    outcome: z.string(),
    results: z.array(madeFileSchema).optional(),
  }),
  z.object({ type: z.literal('reset') }),
]);
export type LedgerRecord = z.output<typeof ledgerRecordSchema>;
