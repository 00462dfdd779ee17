import { expect, test } from '@jest/globals';
import { aStorage } from '../../test/a-storage.ts';
import { KeptDraft } from '../session/kept-draft.ts';
import { readBatchDraft, writeBatchDraft } from './batch-draft.ts';
import { replaceText } from './replace-text.ts';

const file = { text: 'prompt\na wolf', fileName: 'animals.csv' };
const aStore = () => new KeptDraft('batch-draft', { read: readBatchDraft, write: writeBatchDraft }, aStorage());

test('prompts that a file replaces may be had back, and nothing else that was set since', () => {
  const store = aStore();
  store.change((last) => ({ ...last, text: 'a fox\nan owl' }));
  const undo = replaceText(store, file);
  expect(store.read()).toMatchObject(file);
  store.change((last) => ({ ...last, maxConcurrent: 3 }));
  undo?.();

  expect(store.read()).toMatchObject({ text: 'a fox\nan owl', fileName: undefined, maxConcurrent: 3 });
});

test('a file that replaces nothing leaves nothing to take back', () => {
  expect(replaceText(aStore(), file)).toBeUndefined();
});
