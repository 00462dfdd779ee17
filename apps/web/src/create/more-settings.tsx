import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/use-words.tsx';

interface MoreSettingsProps {
  /** How many of them are set. */
  count: number;
  /** Whether something in it is wrong: that opens it, and nothing but a person closes it. */
  isFaulty: boolean;
  children: ReactNode;
}

/** The settings that few need, folded away. */
export function MoreSettings({ count, isFaulty, children }: MoreSettingsProps) {
  const { create } = useWords();
  const [isOpen, setIsOpen] = useState(isFaulty);
  const [wasFaulty, setWasFaulty] = useState(isFaulty);
  if (wasFaulty !== isFaulty) {
    setWasFaulty(isFaulty);
    if (isFaulty) setIsOpen(true);
  }
  return (
    <details
      className="group rounded-xl border border-line"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary className="flex h-11 items-center justify-between gap-2 rounded-xl px-4 text-sm font-medium select-none">
        <span>
          {create.more}
          {count > 0 && <span className="ml-2 text-xs font-normal text-muted">{create.moreSet(count)}</span>}
        </span>
        <ChevronDown size={16} className="transition-transform group-open:rotate-180" aria-hidden="true" />
      </summary>
      <div className="flex flex-col gap-5 border-t border-line p-4">{children}</div>
    </details>
  );
}
