import { useId } from 'react';
import { useWords } from '../../words/use-words.tsx';
import type { Fault } from '../check-values.ts';
import type { TextField } from '../form-model.ts';
import { describedBy, FieldFrame } from './field-frame.tsx';

interface TextInputProps {
  field: TextField;
  value: string;
  onChange: (value: string) => void;
  fault: Fault | undefined;
  placeholder?: string | undefined;
}

const counterFrom = 0.8;

/** A line of text, or a box that grows with what is written. */
export function TextInput({ field, value, onChange, fault, placeholder }: TextInputProps) {
  const id = useId();
  const { create } = useWords();
  const most = field.maxLength ?? Infinity;
  const counter = value.length > most * counterFrom && (
    <span className={`tabular text-xs ${value.length > most ? 'text-bad' : 'text-muted'}`}>
      {create.characters(value.length, most)}
    </span>
  );
  const described = { 'aria-invalid': fault !== undefined, 'aria-describedby': describedBy(id, fault) };
  return (
    <FieldFrame field={field} id={id} fault={fault} aside={counter}>
      {field.isLong ? (
        <textarea
          id={id}
          name={field.name}
          className={`field field-sizing-content max-h-80 resize-y ${field.name === 'prompt' ? 'min-h-28 text-[0.9375rem]' : 'min-h-16'}`}
          rows={field.name === 'prompt' ? 4 : 2}
          value={value}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
          {...described}
        />
      ) : (
        <>
          <input
            id={id}
            name={field.name}
            className="field h-10"
            value={value}
            list={field.suggestions.length > 0 ? `${id}-list` : undefined}
            placeholder={field.suggestions.length > 0 ? create.automatic : undefined}
            onChange={(event) => onChange(event.target.value)}
            {...described}
          />
          {field.suggestions.length > 0 && (
            <datalist id={`${id}-list`}>
              {field.suggestions.map((suggestion) => (
                <option key={suggestion} value={suggestion} />
              ))}
            </datalist>
          )}
        </>
      )}
    </FieldFrame>
  );
}
