import { expect, test } from '@jest/globals';
import { changeDraft, clearDraft, currentDraft, replaceDraft } from './draft-store.ts';

test('what Start over empties can be had back, and what is made by whom stays', () => {
  const chosen = { video: { integration: 'sora', operation: 'text-to-video' } };
  changeDraft((draft) => ({ ...draft, making: 'video', chosen, values: { prompt: 'half a thought' }, variations: 3 }));
  const typed = currentDraft();
  const undo = clearDraft();
  expect(currentDraft()).toEqual({ making: 'video', chosen, values: {}, variations: 1 });
  undo?.();

  expect(currentDraft()).toEqual(typed);
});

test('there is nothing to be had back where nothing was typed', () => {
  changeDraft((draft) => ({ ...draft, values: { prompt: ' ' } }));

  expect(clearDraft()).toBeUndefined();
  expect(replaceDraft({ ...currentDraft(), values: { prompt: 'an example' } })).toBeUndefined();
});
