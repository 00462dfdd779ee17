import type { Call } from '@darkroom/contract';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { OpenLink } from '../calls/open-call.tsx';
import { situationOf } from '../calls/situation.ts';
import { StatusMark } from '../calls/status-mark.tsx';
import { promptOf, Tile } from '../calls/tile.tsx';
import { useWidth } from '../elements/use-width.ts';
import { useWords } from '../words/use-words.tsx';
import { gridGap, layOut, placeAfterKey } from './grid-layout.ts';

interface CallGridProps {
  calls: readonly Call[];
  isLoading: boolean;
  /** While other results are on their way. */
  isDimmed: boolean;
  hasMore: boolean;
  onMore: () => void;
}

const rowsAhead = 4;

/** A grid of calls of any length: only the rows that are near the window are there. The arrow keys move through all of it. */
export function CallGrid({ calls, isLoading, isDimmed, hasMore, onMore }: CallGridProps) {
  const { gallery: say } = useWords();
  const [attachWidth, width] = useWidth();
  const container = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const mayFocus = useRef(false);
  const { columns, side } = layOut(width);
  const rows = Math.ceil(calls.length / columns);
  const virtualizer = useWindowVirtualizer({
    count: width === 0 ? 0 : rows,
    estimateSize: () => side + gridGap,
    overscan: rowsAhead,
    scrollMargin: container.current?.offsetTop ?? 0,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, side]);
  const shown = virtualizer.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && width > 0 && lastShown >= rows - rowsAhead) onMore();
  }, [hasMore, width, lastShown, rows, onMore]);

  const place = Math.min(focused, Math.max(0, calls.length - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = placeAfterKey(event.key, place, { columns, count: calls.length });
    if (event.key === ' ') {
      const video =
        event.target instanceof HTMLElement ? event.target.querySelector<HTMLElement>('[data-plays]') : null;
      if (video === null) return;
      event.preventDefault();
      video.click();
    }
    if (next === undefined) return;
    event.preventDefault();
    mayFocus.current = true;
    setFocused(next);
    virtualizer.scrollToIndex(Math.floor(next / columns), { align: 'auto' });
  };

  return (
    <div ref={attachWidth}>
      <div
        ref={container}
        role="grid"
        tabIndex={-1}
        aria-label={say.grid}
        aria-rowcount={rows}
        aria-colcount={columns}
        aria-busy={isLoading}
        onKeyDown={onKeyDown}
        className={`relative w-full transition-opacity ${isDimmed ? 'opacity-50' : ''}`}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {shown.map((row) => (
          <div
            key={row.key}
            role="row"
            aria-rowindex={row.index + 1}
            className="absolute inset-x-0 top-0 flex"
            style={{
              gap: gridGap,
              height: side,
              transform: `translateY(${row.start - virtualizer.options.scrollMargin}px)`,
            }}
          >
            {calls.slice(row.index * columns, (row.index + 1) * columns).map((call, column) => (
              <Cell
                key={call.id}
                call={call}
                side={side}
                column={column + 1}
                isInReach={row.index * columns + column === place}
                mayFocus={mayFocus}
                onFocus={() => setFocused(row.index * columns + column)}
              />
            ))}
          </div>
        ))}
      </div>
      {isLoading && <GridToCome columns={columns} />}
    </div>
  );
}

interface CellProps {
  call: Call;
  side: number;
  column: number;
  /** Whether tab reaches it: one cell of the grid is. */
  isInReach: boolean;
  /** Set by a key that moved the focus; the cell that is drawn for it takes it. */
  mayFocus: { current: boolean };
  onFocus: () => void;
}

function Cell({ call, side, column, isInReach, mayFocus, onFocus }: CellProps) {
  const words = useWords();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (!isInReach || !mayFocus.current) return;
    mayFocus.current = false;
    link.current?.focus({ preventScroll: true });
  }, [isInReach, mayFocus]);
  const prompt = promptOf(call) || words.calls.noPrompt;
  const { tone, label } = situationOf(call, words);
  return (
    <div
      role="gridcell"
      aria-colindex={column}
      className="group relative shrink-0 overflow-hidden rounded-xl"
      style={{ width: side, height: side }}
    >
      <OpenLink
        ref={link}
        callId={call.id}
        label={`${words.calls.open(prompt)} — ${label}`}
        hasWords
        tabIndex={isInReach ? 0 : -1}
        onFocus={onFocus}
        className="block size-full rounded-xl -outline-offset-2!"
      >
        <Tile call={call} says="prompt" isCell />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-x-0 bottom-0 flex items-end gap-2 bg-linear-to-t from-black/75 to-transparent px-3 pt-10 pb-2.5 text-xs text-white opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100"
        >
          <StatusMark tone={tone} size={14} />
          <span className="line-clamp-2">{prompt}</span>
        </span>
      </OpenLink>
    </div>
  );
}

/** The places of the first tiles, so that nothing jumps when they come. */
function GridToCome({ columns }: { columns: number }) {
  return (
    <div
      aria-hidden="true"
      data-to-come=""
      className="grid gap-2"
      style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}
    >
      {Array.from({ length: columns * 3 }, (_value, index) => (
        <div key={index} className="well aspect-square animate-shimmer rounded-xl" />
      ))}
    </div>
  );
}
