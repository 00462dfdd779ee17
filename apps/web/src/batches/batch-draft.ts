import type { Making } from '../create/operation-choice.ts';
import { makings } from '../create/operation-choice.ts';

/** What was entered for a batch. It survives a reload. */
export interface BatchDraft {
  making: Making;
  integration: string | undefined;
  operation: string | undefined;
  text: string;
  /** The name of the file that the text came from. */
  fileName: string | undefined;
  maxConcurrent: number;
  onFailure: 'continue' | 'stop';
  leavesOut: boolean;
  /** What was sent and not answered yet. */
  sent: SentBatch | undefined;
}

/** A batch that may have been made: its answer did not come. To send it again, the same, makes no second one. */
export interface SentBatch {
  batchId: string;
  integration: string;
  operation: string;
  /** What its calls were made of, in short: see `contentOfCalls`. */
  content: string;
  maxConcurrent: number;
  onFailure: 'continue' | 'stop';
}

const emptyBatchDraft: BatchDraft = {
  making: 'image',
  integration: undefined,
  operation: undefined,
  text: '',
  fileName: undefined,
  maxConcurrent: 10,
  onFailure: 'continue',
  leavesOut: false,
  sent: undefined,
};

const mostKept = 1_000_000;

/** Whether the text is short enough to be kept: a longer one would fill the browser's storage, and be written with every letter. */
export function isKept({ text }: Pick<BatchDraft, 'text'>): boolean {
  return text.length <= mostKept;
}

/** Writes what is kept of a draft: without a text that is too long. What was sent of it is kept: the text, given again, must make no second batch. */
export function writeBatchDraft(draft: BatchDraft): string {
  return JSON.stringify(isKept(draft) ? draft : { ...draft, text: '', fileName: undefined });
}

/** Reads a kept draft; what is missing is as it is at first. */
export function readBatchDraft(kept: string | null): BatchDraft {
  try {
    const value: unknown = JSON.parse(kept ?? 'null');
    if (typeof value !== 'object' || value === null) return emptyBatchDraft;
    const draft = { ...emptyBatchDraft, ...value };
    return { ...draft, text: String(draft.text), making: makings.find((making) => making === draft.making) ?? 'image' };
  } catch {
    return emptyBatchDraft;
  }
}
