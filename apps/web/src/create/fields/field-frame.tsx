import type { ReactNode } from 'react';
import { sayField, sayHint } from '../../words/field-words.ts';
import { useWords } from '../../words/use-words.tsx';
import type { Fault } from '../check-values.ts';
import type { Field } from '../form-model.ts';
import { FaultText } from './fault-text.tsx';

interface FieldFrameProps {
  field: Field;
  /** The id of the control; a group of controls is labelled by `<id>-label` instead. */
  id: string;
  isGroup?: boolean;
  fault: Fault | undefined;
  /** Beside the label. */
  aside?: ReactNode;
  isInline?: boolean;
  children: ReactNode;
}

/** A control with its label, its hint, and what is wrong with its value. */
export function FieldFrame({ field, id, isGroup = false, fault, aside, isInline = false, children }: FieldFrameProps) {
  const words = useWords();
  const hint = sayHint(field, words);
  const Label = isGroup ? 'span' : 'label';
  return (
    <div
      data-faulty={fault !== undefined || undefined}
      className={isInline ? 'flex flex-wrap items-center justify-between gap-x-4 gap-y-1' : 'flex flex-col gap-1.5'}
    >
      <div className="flex items-baseline justify-between gap-3">
        <Label {...(isGroup ? { id: `${id}-label` } : { htmlFor: id })} className="text-sm font-medium">
          {sayField(field.name, words)}
          {!field.required && field.kind === 'media' && (
            <span className="ml-1.5 text-xs font-normal text-muted">{words.page.optional}</span>
          )}
        </Label>
        {aside}
      </div>
      {children}
      {fault !== undefined && (
        <p id={`${id}-fault`} role="alert" className="w-full text-sm text-bad">
          <FaultText fault={fault} />
        </p>
      )}
      {hint !== undefined && field.name !== 'prompt' && (
        <p id={`${id}-hint`} className="w-full text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What describes a control to a screen reader. */
export function describedBy(id: string, fault: Fault | undefined): string {
  return fault === undefined ? `${id}-hint` : `${id}-fault ${id}-hint`;
}
