import type { KeptDraft } from '../session/kept-draft.ts';
import type { BatchDraft } from './batch-draft.ts';

/** Puts the text of a file in the place of what is there. Gives back what brings that back; undefined where nothing was lost. */
export function replaceText(
  store: KeptDraft<BatchDraft>,
  { text, fileName }: Pick<BatchDraft, 'text' | 'fileName'>,
): (() => void) | undefined {
  const before = store.read();
  store.change((last) => ({ ...last, text, fileName }));
  if (before.text.trim() === '' || before.text === text) return undefined;
  return () => store.change((last) => ({ ...last, text: before.text, fileName: before.fileName }));
}
