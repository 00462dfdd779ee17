import { useSyncExternalStore } from 'react';
import { KeptDraft } from '../session/kept-draft.ts';
import { keptForAccount } from '../session/kept-for.ts';
import { type Draft, emptyDraft, losesValues, readDraft } from './draft.ts';

const kept = new KeptDraft('draft', { read: readDraft, write: JSON.stringify }, keptForAccount.drafts);

/** What was chosen and typed on the create page. Every page may put something into it; each tab comes back to its own after a reload. */
export function useDraft(): Draft {
  return useSyncExternalStore(kept.subscribe, kept.read);
}

/** Changes the draft, and keeps it. */
export function changeDraft(change: (draft: Draft) => Draft): void {
  kept.change(change);
}

/** Changes the draft, and gives back what brings the draft of before back; undefined where nothing was lost. */
export function replaceDraft(draft: Draft): (() => void) | undefined {
  const before = kept.read();
  changeDraft(() => draft);
  return losesValues(before, draft) ? () => changeDraft(() => before) : undefined;
}

/** The draft as it is now. */
export function currentDraft(): Draft {
  return kept.read();
}

/** Clears what was typed, and leaves what is made and by whom. Gives back what `replaceDraft` does. */
export function clearDraft(): (() => void) | undefined {
  const { making, chosen } = kept.read();
  return replaceDraft({ ...emptyDraft, making, chosen });
}
