import { expect, test } from '@jest/globals';
import { readBatchDraft, writeBatchDraft } from './batch-draft.ts';

const typed = { text: 'a fox\nan owl', fileName: 'animals.csv', maxConcurrent: 10, onFailure: 'continue' as const };
const sent = {
  batchId: 'b-1',
  integration: 'nanobanana2',
  operation: 'text-to-image',
  content: '2-a-b',
  maxConcurrent: 10,
  onFailure: 'continue' as const,
};
const draft = { ...readBatchDraft(null), ...typed, sent };

test('a draft of a batch comes back as it was', () => {
  expect(readBatchDraft(writeBatchDraft(draft))).toEqual(draft);
});

test('a text that would fill the storage is not kept, and that a batch was sent of it is', () => {
  const back = readBatchDraft(writeBatchDraft({ ...draft, text: 'x'.repeat(1_000_001), maxConcurrent: 3 }));

  expect(back).toEqual({ ...readBatchDraft(null), maxConcurrent: 3, sent });
});
