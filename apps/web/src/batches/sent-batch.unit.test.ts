import { expect, test } from '@jest/globals';
import { readBatchDraft, writeBatchDraft } from './batch-draft.ts';
import { contentOfCalls } from './content-of-calls.ts';
import { batchToSend, isSentBatch, withoutMade, withoutSent } from './sent-batch.ts';

const maker = { integration: 'nanobanana2', operation: 'text-to-image' };
const wanted = { ...maker, content: contentOfCalls([{ prompt: 'a fox' }, { prompt: 'an owl' }]) };
const draft = { ...readBatchDraft(null), text: 'a fox\nan owl', maxConcurrent: 10 };
const sent = batchToSend(draft, wanted, () => 'b-1');
const unanswered = { ...draft, sent };
const another = () => 'b-2';

test('a batch whose answer was lost is sent again as it was, however the rest of the form has changed', () => {
  const changed = { ...unanswered, maxConcurrent: 11, onFailure: 'stop' as const, leavesOut: true };

  expect(batchToSend(changed, wanted, another)).toEqual({
    batchId: 'b-1',
    ...wanted,
    maxConcurrent: 10,
    onFailure: 'continue',
  });
});

test('a text that is too long to be kept makes no second batch when it is given again after a reload', () => {
  const long = { ...unanswered, text: 'x'.repeat(1_000_001), fileName: 'animals.csv' };
  const reloaded = readBatchDraft(writeBatchDraft(long));
  const givenAgain = { ...reloaded, text: long.text, fileName: 'animals (1).csv' };

  expect(batchToSend(givenAgain, wanted, another)).toEqual(sent);
});

test.each([
  ['another text', { ...wanted, content: contentOfCalls([{ prompt: 'a fox' }]) }],
  ['another operation', { ...wanted, operation: 'image-to-image' }],
  ['another integration', { ...wanted, integration: 'seedream' }],
])('%s is another batch', (_what, changed) => {
  expect(batchToSend(unanswered, changed, another).batchId).toBe('b-2');
  expect(isSentBatch(sent, changed)).toBe(false);
});

test('what was made leaves the form, and what was typed since it was sent stays', () => {
  expect(withoutMade(unanswered, { sent, typed: draft })).toEqual({ ...draft, text: '' });
  expect(withoutMade({ ...unanswered, text: 'a wolf' }, { sent, typed: draft })).toEqual({ ...draft, text: 'a wolf' });
});

test('what became of one batch says nothing of another', () => {
  const next = { ...draft, sent: { ...sent, batchId: 'b-2' } };

  expect([withoutSent(next, sent), withoutSent(unanswered, sent)]).toEqual([next, draft]);
});
