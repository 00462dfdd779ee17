import { type ReactNode, useId } from 'react';

interface Option<Value> {
  value: Value;
  label: string;
  icon?: ReactNode;
}

interface SegmentsProps<Value extends string | number> {
  label: string;
  /** Where the label stands elsewhere on the page. */
  labelledBy?: string | undefined;
  options: readonly Option<Value>[];
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
  /** Whether choosing the chosen one again takes the choice back. */
  isOptional?: boolean;
  isWide?: boolean;
}

/** A choice of few. Native radio buttons underneath, so that arrows, tab and screen readers work as everywhere. */
export function Segments<Value extends string | number>({
  label,
  labelledBy,
  options,
  value,
  onChange,
  isOptional = false,
  isWide = false,
}: SegmentsProps<Value>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={labelledBy === undefined ? label : undefined}
      aria-labelledby={labelledBy}
      className={`${isWide ? 'flex' : 'inline-flex max-w-full flex-wrap'} rounded-xl bg-raised p-1`}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={`relative flex h-8 pointer-coarse:h-10 items-center justify-center gap-2 rounded-lg px-3 text-sm font-medium transition-colors has-checked:bg-knob has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent not-has-checked:text-muted not-has-checked:hover:text-ink ${isWide ? 'flex-1' : ''}`}
        >
          <input
            type="radio"
            name={name}
            className="absolute inset-0 cursor-pointer appearance-none rounded-lg outline-none"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            onClick={() => {
              if (isOptional && option.value === value) onChange(undefined);
            }}
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </div>
  );
}
