import { useSyncExternalStore } from 'react';
import { KeptDraft } from '../session/kept-draft.ts';
import { keptForAccount } from '../session/kept-for.ts';
import { type BatchDraft, readBatchDraft, writeBatchDraft } from './batch-draft.ts';

/** What was entered for the next batch. It goes on while another page is looked at, as the sending does. */
export const batchDraft = new KeptDraft(
  'batch-draft',
  { read: readBatchDraft, write: writeBatchDraft },
  keptForAccount.drafts,
);

export function useBatchDraft(): BatchDraft {
  return useSyncExternalStore(batchDraft.subscribe, batchDraft.read);
}
