import { z } from 'zod';

/** `pending → processing → completed | failed | cancelled`; `pending → failed | cancelled` too. */
export const callStatuses = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
export const callStatusSchema = z.enum(callStatuses);
export type CallStatus = z.infer<typeof callStatusSchema>;

/** Whether the call has ended. Nothing leaves a terminal status. */
export function isTerminal(status: CallStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/**
 * What a call that has not ended waits for: the `start_time` that it asked for, its turn in its `batch`, the `engine` to start its workflow, `storage` to take a write
 * before anything is paid, a worker's `slot`, or the `provider`'s answer.
 */
export const waitingForSchema = z.enum(['start_time', 'batch', 'engine', 'storage', 'slot', 'provider']);
export type WaitingFor = z.infer<typeof waitingForSchema>;
