import { Film, Image, Wand } from 'lucide-react';
import { useId } from 'react';
import { Segments } from '../elements/segments.tsx';
import { Select } from '../elements/select.tsx';
import { sayIntegration, sayOperation } from '../words/integration-words.ts';
import { useWords } from '../words/use-words.tsx';
import { choiceOf, choose } from './draft-changes.ts';
import { changeDraft, useDraft } from './draft-store.ts';
import { makings, type OperationChoice } from './operation-choice.ts';

const icons = { image: <Image size={16} />, edit: <Wand size={16} />, video: <Film size={16} /> };

/** What to make, by whom, and how where there are several ways. */
export function MakingPicker({ choices }: { choices: readonly OperationChoice[] }) {
  const words = useWords();
  const { create } = words;
  const draft = useDraft();
  const id = useId();
  const choice = choiceOf(draft, choices);
  const ofMaking = choices.filter(({ making }) => making === draft.making);
  const integrations = [...new Map(ofMaking.map(({ integration }) => [integration.name, integration])).values()];
  const operations = ofMaking.filter(({ integration }) => integration.name === choice?.integration.name);
  return (
    <div className="flex flex-col gap-4">
      <Segments
        label={create.making}
        isWide
        options={makings.map((value) => ({ value, label: create.makings[value], icon: icons[value] }))}
        value={draft.making}
        onChange={(making = 'image') => changeDraft((last) => choose(last, choices, { making }))}
      />
      {integrations.length === 0 && <p className="text-sm text-muted">{create.noMaking}</p>}
      {integrations.length > 0 && (
        <div className="flex flex-col gap-1.5">
          <label htmlFor={id} className="text-sm font-medium">
            {create.model}
          </label>
          <Select
            id={id}
            value={choice?.integration.name}
            onChange={({ target }) => changeDraft((last) => choose(last, choices, { integration: target.value }))}
          >
            {integrations.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Select>
          <p className="line-clamp-2 text-xs text-muted">{choice && sayIntegration(choice.integration, words)}</p>
        </div>
      )}
      {operations.length > 1 && (
        <Segments
          label={create.operation}
          isWide
          options={operations.map(({ operation: { name, title } }) => ({
            value: name,
            label: sayOperation({ name, title }, words),
          }))}
          value={choice?.operation.name}
          onChange={(operation) => operation && changeDraft((last) => choose(last, choices, { operation }))}
        />
      )}
    </div>
  );
}
