import { useId } from 'react';
import { Segments } from '../../elements/segments.tsx';
import { Select } from '../../elements/select.tsx';
import { sayChoice, sayField } from '../../words/field-words.ts';
import { useWords } from '../../words/use-words.tsx';
import type { Fault } from '../check-values.ts';
import type { Choice, ChoiceField } from '../form-model.ts';
import { describedBy, FieldFrame } from './field-frame.tsx';
import { ratioOf, shapeWithin } from './shape.ts';

interface ChoiceInputProps {
  field: ChoiceField;
  value: Choice | undefined;
  onChange: (value: Choice | undefined) => void;
  fault: Fault | undefined;
}

/** A choice among known values: shapes to look at, a few segments, or a list. */
export function ChoiceInput({ field, value, onChange, fault }: ChoiceInputProps) {
  const id = useId();
  const words = useWords();
  const isOptional = !field.required;
  if (field.appearance === 'list') {
    return (
      <FieldFrame field={field} id={id} fault={fault}>
        <Select
          id={id}
          name={field.name}
          value={value === undefined ? '' : String(value)}
          aria-invalid={fault !== undefined}
          aria-describedby={describedBy(id, fault)}
          onChange={({ target }) => onChange(field.options.find((option) => String(option) === target.value))}
        >
          {isOptional && <option value="">{words.create.automatic}</option>}
          {!isOptional && value === undefined && <option value="" disabled />}
          {field.options.map((option) => (
            <option key={option} value={option}>
              {sayChoice(field, option, words)}
            </option>
          ))}
        </Select>
      </FieldFrame>
    );
  }
  return (
    <FieldFrame field={field} id={id} isGroup fault={fault}>
      {field.appearance === 'shapes' ? (
        <Shapes field={field} value={value} onChange={onChange} labelledBy={`${id}-label`} />
      ) : (
        <div>
          <Segments
            label={sayField(field.name, words)}
            labelledBy={`${id}-label`}
            options={field.options.map((option) => ({ value: option, label: sayChoice(field, option, words) }))}
            value={value}
            onChange={onChange}
            isOptional={isOptional}
          />
        </div>
      )}
    </FieldFrame>
  );
}

interface ShapesProps extends Omit<ChoiceInputProps, 'fault'> {
  labelledBy: string;
}

/** Shapes are seen, not read: each is drawn as it is. */
function Shapes({ field, value, onChange, labelledBy }: ShapesProps) {
  const name = useId();
  const words = useWords();
  return (
    <div
      role="radiogroup"
      aria-labelledby={labelledBy}
      className="grid grid-cols-[repeat(auto-fill,minmax(3.25rem,1fr))] gap-1.5"
    >
      {field.options.map((option) => {
        const isChosen = option === value;
        return (
          <label
            key={option}
            className="relative flex flex-col items-center gap-0.5 rounded-lg border border-line px-0.5 pt-1.5 pb-0.5 text-muted transition-colors hover:bg-raised has-checked:border-accent has-checked:bg-accent-soft has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              className="absolute inset-0 cursor-pointer appearance-none rounded-lg outline-none"
              checked={isChosen}
              onChange={() => onChange(option)}
              onClick={() => {
                if (isChosen && !field.required) onChange(undefined);
              }}
            />
            <ShapeMark ratio={ratioOf(String(option))} />
            <span className="tabular text-[0.6875rem] leading-4 font-medium">
              {String(option).includes('x') ? String(option).replace('x', '×') : sayChoice(field, option, words)}
            </span>
          </label>
        );
      })}
    </div>
  );
}

function ShapeMark({ ratio }: { ratio: number | undefined }) {
  const side = 22;
  const { width, height } = shapeWithin(ratio ?? 1);
  return (
    <svg aria-hidden="true" width={side} height={side} viewBox={`0 0 ${side} ${side}`}>
      <rect
        x={(side - width * (side - 2)) / 2}
        y={(side - height * (side - 2)) / 2}
        width={width * (side - 2)}
        height={height * (side - 2)}
        rx={2}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeDasharray={ratio === undefined ? '3 2' : undefined}
      />
    </svg>
  );
}
