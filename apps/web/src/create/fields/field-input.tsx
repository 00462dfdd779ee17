import { useId } from 'react';
import { Segments } from '../../elements/segments.tsx';
import { Toggle } from '../../elements/toggle.tsx';
import { sayField } from '../../words/field-words.ts';
import { useWords } from '../../words/use-words.tsx';
import type { Fault } from '../check-values.ts';
import type { Field, JsonField, SwitchField } from '../form-model.ts';
import { ChoiceInput } from './choice-input.tsx';
import { describedBy, FieldFrame } from './field-frame.tsx';
import { NumberInput } from './number-input.tsx';
import { TextInput } from './text-input.tsx';

interface FieldInputProps {
  field: Exclude<Field, { kind: 'media' }>;
  value: unknown;
  onChange: (value: unknown) => void;
  fault: Fault | undefined;
  placeholder?: string | undefined;
}

/** The control of a field that takes no file. */
export function FieldInput({ field, value, onChange, fault, placeholder }: FieldInputProps) {
  switch (field.kind) {
    case 'text':
      return <TextInput {...{ field, onChange, fault, placeholder }} value={typeof value === 'string' ? value : ''} />;
    case 'choice': {
      const chosen = field.options.find((option) => option === value);
      return <ChoiceInput {...{ field, onChange, fault }} value={chosen} />;
    }
    case 'number': {
      const number = typeof value === 'number' || typeof value === 'string' ? value : undefined;
      return <NumberInput {...{ field, onChange, fault }} value={number} />;
    }
    case 'switch':
      return <SwitchInput {...{ field, value, onChange, fault }} />;
    case 'json':
      return <JsonInput {...{ field, value, onChange, fault }} />;
  }
}

interface SwitchInputProps extends Omit<FieldInputProps, 'field'> {
  field: SwitchField;
}

/** Yes or no. Where neither has to be said, the model's own default is a third: a switch would claim that it is *no*. */
function SwitchInput({ field, value, onChange, fault }: SwitchInputProps) {
  const id = useId();
  const words = useWords();
  const { create } = words;
  if (!field.required) {
    return (
      <FieldFrame field={field} id={id} fault={fault} isGroup isInline>
        <Segments
          label={sayField(field.name, words)}
          labelledBy={`${id}-label`}
          isOptional
          options={[
            { value: 'yes', label: create.yes },
            { value: 'no', label: create.no },
          ]}
          value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined}
          onChange={(chosen) => onChange(chosen === undefined ? undefined : chosen === 'yes')}
        />
      </FieldFrame>
    );
  }
  return (
    <FieldFrame field={field} id={id} fault={fault} isInline>
      <Toggle id={id} isOn={value === true} onChange={onChange} describedBy={describedBy(id, fault)} />
    </FieldFrame>
  );
}

interface JsonInputProps extends Omit<FieldInputProps, 'field'> {
  field: JsonField;
}

function JsonInput({ field, value, onChange, fault }: JsonInputProps) {
  const id = useId();
  const text = typeof value === 'string' || value === undefined ? (value ?? '') : JSON.stringify(value, null, 2);
  return (
    <FieldFrame field={field} id={id} fault={fault}>
      <textarea
        id={id}
        name={field.name}
        className="field min-h-20 font-mono text-sm"
        spellCheck={false}
        value={text}
        aria-invalid={fault !== undefined}
        aria-describedby={describedBy(id, fault)}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
    </FieldFrame>
  );
}
