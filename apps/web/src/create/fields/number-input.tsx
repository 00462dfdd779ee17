import { Dices, X } from 'lucide-react';
import { useId } from 'react';
import { IconButton } from '../../elements/button.tsx';
import { sayField } from '../../words/field-words.ts';
import { useWords } from '../../words/use-words.tsx';
import type { Fault } from '../check-values.ts';
import type { NumberField } from '../form-model.ts';
import { describedBy, FieldFrame } from './field-frame.tsx';
import { readNumber } from './read-number.ts';

interface NumberInputProps {
  field: NumberField;
  /** A number, or what was typed in its place. */
  value: number | string | undefined;
  onChange: (value: number | string | undefined) => void;
  fault: Fault | undefined;
}

/** A number: with a slider where its range is short, with dice where it is a seed. */
export function NumberInput({ field, value, onChange, fault }: NumberInputProps) {
  const id = useId();
  const words = useWords();
  const { create } = words;
  const { min, max, isWhole, appearance } = field;
  const described = { 'aria-invalid': fault !== undefined, 'aria-describedby': describedBy(id, fault) };
  const change = (text: string) => onChange(text.trim() === '' ? undefined : readNumber(text));
  const box = (
    <input
      id={appearance === 'slider' ? `${id}-box` : id}
      name={field.name}
      className={`field tabular h-10 ${appearance === 'slider' ? 'w-24! px-2! text-center text-sm' : ''}`}
      type="text"
      inputMode={isWhole ? 'numeric' : 'decimal'}
      placeholder={appearance === 'seed' ? create.random : create.automatic}
      aria-label={appearance === 'slider' ? sayField(field.name, words) : undefined}
      value={value ?? ''}
      onChange={(event) => change(event.target.value)}
      {...described}
    />
  );
  return (
    <FieldFrame field={field} id={id} fault={fault}>
      <div className="flex items-center gap-3">
        {appearance === 'slider' && (
          <input
            id={id}
            type="range"
            className="h-6 min-w-0 flex-1 cursor-pointer"
            min={min}
            max={max}
            step={isWhole ? 1 : ((max ?? 1) - (min ?? 0)) / 100}
            value={value !== undefined && Number.isFinite(Number(value)) ? Number(value) : (min ?? 0)}
            onChange={(event) => onChange(Number(event.target.value))}
            {...described}
          />
        )}
        {box}
        {appearance === 'seed' && (
          <IconButton label={create.seedDraw} onClick={() => onChange(Math.floor(Math.random() * 2 ** 31))}>
            <Dices size={18} />
          </IconButton>
        )}
        {appearance !== 'box' && value !== undefined && !field.required && (
          <IconButton label={create.automatic} onClick={() => onChange(undefined)}>
            <X size={16} />
          </IconButton>
        )}
      </div>
    </FieldFrame>
  );
}
