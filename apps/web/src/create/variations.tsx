import { Minus, Plus } from 'lucide-react';
import { IconButton } from '../elements/button.tsx';
import { useWords } from '../words/use-words.tsx';
import { clampVariations, mostVariations } from './draft.ts';
import { changeDraft, useDraft } from './draft-store.ts';

/** How many calls are made at once. */
export function Variations() {
  const { create } = useWords();
  const { variations } = useDraft();
  const change = (by: number) =>
    changeDraft((draft) => ({ ...draft, variations: clampVariations(draft.variations + by) }));
  return (
    <div
      role="group"
      aria-label={create.variations}
      title={create.variationsHint}
      className="flex items-center gap-0.5"
    >
      <IconButton label={create.fewer} disabled={variations <= 1} onClick={() => change(-1)}>
        <Minus size={16} />
      </IconButton>
      <output aria-live="polite" className="tabular w-8 text-center text-sm font-medium">
        ×{variations}
      </output>
      <IconButton label={create.another} disabled={variations >= mostVariations} onClick={() => change(1)}>
        <Plus size={16} />
      </IconButton>
    </div>
  );
}
