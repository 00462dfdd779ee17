import { useEffect, useState } from 'react';
import { Dialog, DialogTitle } from '../elements/dialog.tsx';
import { useWords } from '../words/use-words.tsx';

const asked = new EventTarget();

export function showShortcuts(): void {
  asked.dispatchEvent(new Event('show'));
}

/** The keys that the page knows; `?` shows them. */
export function ShortcutsDialog() {
  const { page } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const show = () => setIsOpen(true);
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key === '?' && !isTyping) show();
    };
    asked.addEventListener('show', show);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      asked.removeEventListener('show', show);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  if (!isOpen) return null;
  return (
    <Dialog label={page.shortcuts} onClose={() => setIsOpen(false)}>
      <DialogTitle onClose={() => setIsOpen(false)}>{page.shortcuts}</DialogTitle>
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2.5 px-5 pb-5 text-sm">
        {page.shortcutList.map(([keys, does]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded-md border border-line bg-raised px-1.5 py-0.5 font-mono text-xs">{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
