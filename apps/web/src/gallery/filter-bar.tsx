import { useQuery } from '@tanstack/react-query';
import { Search, SlidersHorizontal, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { CallStatus } from '@darkroom/contract';
import { integrations } from '../calls/call-queries.ts';
import { IconButton } from '../elements/button.tsx';
import { Select } from '../elements/select.tsx';
import { useWords } from '../words/use-words.tsx';
import { everything, type GalleryFilter, isEverything } from './filter-address.ts';

interface FilterBarProps {
  filter: GalleryFilter;
  onChange: (filter: GalleryFilter) => void;
}

const typingMs = 250;
const statuses: readonly CallStatus[] = ['pending', 'processing', 'completed', 'failed', 'cancelled'];

/** Search and filters. On a phone the filters fold away. */
export function FilterBar({ filter, onChange }: FilterBarProps) {
  const { gallery: say, calls } = useWords();
  const { data: known = [] } = useQuery(integrations());
  const [isOpen, setIsOpen] = useState(!isEverything({ ...filter, prompt: '' }));
  const ids = { status: useId(), integration: useId(), from: useId(), to: useId() };
  const status = filter.status.length === 1 ? filter.status[0] : '';
  const labelled = 'flex flex-col gap-1 text-xs text-muted';
  const dated = 'field h-10 text-sm text-ink md:w-36 lg:w-40';
  return (
    <div role="search" className="flex flex-col gap-3 xl:flex-row xl:items-end">
      <div className="flex items-center gap-2 xl:flex-1">
        <SearchBox value={filter.prompt} onChange={(prompt) => onChange({ ...filter, prompt })} />
        <IconButton
          label={say.filters}
          className="border border-line bg-surface md:hidden!"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          <SlidersHorizontal size={18} />
        </IconButton>
      </div>
      <div
        className={`${isOpen ? 'grid' : 'hidden'} grid-cols-2 items-end gap-3 md:flex md:flex-wrap md:gap-2 lg:gap-3`}
      >
        <label htmlFor={ids.status} className={labelled}>
          {say.status}
          <Select
            id={ids.status}
            className="text-sm text-ink md:w-36 lg:w-40"
            value={status}
            onChange={({ target }) => {
              const chosen = statuses.find((one) => one === target.value);
              onChange({ ...filter, status: chosen === undefined ? [] : [chosen] });
            }}
          >
            <option value="">{say.anyStatus}</option>
            {statuses.map((one) => (
              <option key={one} value={one}>
                {calls.status[one]}
              </option>
            ))}
          </Select>
        </label>
        <label htmlFor={ids.integration} className={labelled}>
          {say.integration}
          <Select
            id={ids.integration}
            className="text-sm text-ink md:w-40 lg:w-52"
            value={filter.integration ?? ''}
            onChange={({ target }) => onChange({ ...filter, integration: target.value || undefined })}
          >
            <option value="">{say.anyIntegration}</option>
            {known.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Select>
        </label>
        <label htmlFor={ids.from} className={labelled}>
          {say.from}
          <input
            id={ids.from}
            type="date"
            className={dated}
            value={filter.from ?? ''}
            max={filter.to}
            onChange={({ target }) => onChange({ ...filter, from: target.value || undefined })}
          />
        </label>
        <label htmlFor={ids.to} className={labelled}>
          {say.to}
          <input
            id={ids.to}
            type="date"
            className={dated}
            value={filter.to ?? ''}
            min={filter.from}
            onChange={({ target }) => onChange({ ...filter, to: target.value || undefined })}
          />
        </label>
        {/* Its place is always kept: what stands beside it must not move as somebody types. */}
        <button
          type="button"
          className={`col-span-2 h-10 justify-self-start text-sm font-medium text-accent hover:underline ${isEverything(filter) ? 'invisible' : ''}`}
          onClick={() => onChange(everything)}
        >
          {say.clear}
        </button>
      </div>
    </div>
  );
}

/** Searches when the typing pauses. `/` leads here from anywhere on the page. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { gallery: say } = useWords();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    setGiven(value);
    setText(value);
  }
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => change.current(text), typingMs);
    return () => clearTimeout(timer);
  }, [text, value]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== '/' || isTyping) return;
      event.preventDefault();
      box.current?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <div className="relative flex-1 md:max-w-xl">
      <Search size={18} aria-hidden="true" className="pointer-events-none absolute top-2.5 left-3 text-muted" />
      <input
        ref={box}
        type="text"
        role="searchbox"
        aria-label={say.search}
        placeholder={say.searchPlaceholder}
        className="field h-10 pr-10 pl-10"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {text !== '' && (
        <IconButton label={say.clearSearch} className="absolute top-0.5 right-0.5" onClick={() => setText('')}>
          <X size={16} />
        </IconButton>
      )}
    </div>
  );
}
