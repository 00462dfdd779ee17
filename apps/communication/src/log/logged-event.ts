import { z } from 'zod';

/** What delivering an event takes. The rest of it is passed on as it came, so that a newer `main` may say more. */
const factsSchema = z.object({
  sequence: z.int().positive(),
  type: z.string(),
  callId: z.string().optional(),
  callSequence: z.int().optional(),
  batchId: z.string().optional(),
  createdAt: z.string(),
});

/** An event of an account's log, written out once for everybody who gets it. */
export interface LoggedEvent {
  readonly sequence: number;
  readonly type: string;
  /** The call or the batch that it tells of. Undefined where only the account's log has it. */
  readonly subject: string | undefined;
  /** Whether its subject has none before it. */
  readonly isFirst: boolean;
  /** Its number in its call. */
  readonly callSequence: number | undefined;
  /** When it was recorded, in milliseconds since 1970. */
  readonly recordedAt: number;
  /** The event as `main` shows it. */
  readonly json: string;
}

/** An event of `main`'s answer; a ZodError where it is none. */
export function toLoggedEvent(shown: unknown): LoggedEvent {
  const { sequence, type, callId, callSequence, batchId, createdAt } = factsSchema.parse(shown);
  return {
    sequence,
    type,
    subject: callId ?? batchId,
    isFirst: callSequence === 1 || type === 'batch.accepted',
    callSequence,
    recordedAt: Date.parse(createdAt),
    json: JSON.stringify(shown),
  };
}
