import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef } from 'react';
import { StatusMark } from '../calls/status-mark.tsx';
import { Toggle } from '../elements/toggle.tsx';
import { sayFault } from '../words/fault-words.ts';
import { sayField } from '../words/field-words.ts';
import { useWords } from '../words/use-words.tsx';
import type { CheckedBatch } from './check-batch.ts';

interface CheckedTableProps {
  checked: CheckedBatch;
  good: number;
  leavesOut: boolean;
  onLeaveOut: (leavesOut: boolean) => void;
}

const leastLineHeight = 41;

/** Every line with what is wrong with it, the faulty ones first. */
export function CheckedTable({ checked, good, leavesOut, onLeaveOut }: CheckedTableProps) {
  const words = useWords();
  const { batches: say } = words;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const faulty = checked.lines.filter(({ faults }) => Object.keys(faults).length > 0);
  const fine = checked.lines.filter(({ faults }) => Object.keys(faults).length === 0);
  const lines = [...faulty, ...fine];
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => leastLineHeight,
    overscan: 10,
  });
  if (checked.kind === 'unreadable') {
    return (
      <p role="alert" className="rounded-xl bg-bad-soft p-3 text-sm text-bad">
        {checked.fault.code === 'quotes' ? say.tableFaults.quotes(checked.fault.row) : say.tableFaults.no_prompt_column}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <span className="text-muted">{say.readAs(checked.kind)}</span>
        <span className="font-medium text-good">{say.checked(good)}</span>
        {faulty.length > 0 && <span className="font-medium text-bad">{say.faulty(faulty.length)}</span>}
      </div>
      {checked.unknownColumns.map((name) => (
        <p key={name} className="text-sm text-warn">
          {say.unknownColumn(name)}
        </p>
      ))}
      {faulty.length > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
          <span>{say.fixFirst}</span>
          <span className="flex items-center gap-2">
            <label htmlFor={id}>{say.leaveOut}</label>
            <Toggle id={id} isOn={leavesOut} onChange={onLeaveOut} />
          </span>
        </div>
      )}
      <div
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={say.input}
        className="max-h-72 overflow-auto rounded-xl border border-line bg-surface"
      >
        <ol className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index];
            if (line === undefined) return null;
            const faults = Object.entries(line.faults);
            return (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className="absolute inset-x-0 top-0 flex items-start gap-3 border-b border-line px-3 py-2.5 text-sm"
                style={{ transform: `translateY(${start}px)` }}
              >
                <span className="tabular w-8 shrink-0 text-right text-xs leading-5 text-muted">{line.line}</span>
                <span className="mt-[0.1875rem]">
                  <StatusMark tone={faults.length > 0 ? 'bad' : 'good'} size={14} />
                </span>
                <span className="min-w-0 flex-1">
                  <span className={`block truncate ${line.prompt === '' ? 'text-muted' : ''}`} title={line.prompt}>
                    {line.prompt || words.calls.noPrompt}
                  </span>
                  {faults.map(([name, fault]) => (
                    <span key={name} className="block text-xs break-words text-bad">
                      {sayField(name, words)}: {sayFault(fault, words)}
                    </span>
                  ))}
                </span>
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}
