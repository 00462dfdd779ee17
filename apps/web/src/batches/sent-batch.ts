import type { BatchDraft, SentBatch } from './batch-draft.ts';

/** What a draft would make, and who makes it. */
export interface WantedBatch {
  integration: string;
  operation: string;
  content: string;
}

/** What is written in the form. */
type Typed = Pick<BatchDraft, 'text' | 'fileName'>;

/** Whether a draft would make what was sent, however many at once and whatever follows a failure. */
export function isSentBatch(sent: SentBatch, { integration, operation, content }: WantedBatch): boolean {
  return sent.content === content && sent.integration === integration && sent.operation === operation;
}

/**
 * What is to be sent for a draft: what was sent and not answered, as it was, where the draft would make the same; under the same id another body would be
 * refused. Else a batch of its own.
 */
export function batchToSend(draft: BatchDraft, wanted: WantedBatch, drawKey: () => string): SentBatch {
  const { sent, maxConcurrent, onFailure } = draft;
  if (sent !== undefined && isSentBatch(sent, wanted)) return sent;
  return { batchId: drawKey(), ...wanted, maxConcurrent, onFailure };
}

/** The draft when it is known what became of a batch. */
export function withoutSent(draft: BatchDraft, { batchId }: SentBatch): BatchDraft {
  return draft.sent?.batchId === batchId ? { ...draft, sent: undefined } : draft;
}

/** The draft when a batch was made of what was typed: what was typed since then stays. */
export function withoutMade(draft: BatchDraft, { sent, typed }: { sent: SentBatch; typed: Typed }): BatchDraft {
  const rest = withoutSent(draft, sent);
  return isStillTyped(draft, typed) ? { ...rest, text: '', fileName: undefined } : rest;
}

/** Whether a form still holds what was typed when it was sent. */
export function isStillTyped({ text, fileName }: Typed, typed: Typed): boolean {
  return text === typed.text && fileName === typed.fileName;
}
