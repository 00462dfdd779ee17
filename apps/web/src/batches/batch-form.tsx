import { Layers } from 'lucide-react';
import { useDeferredValue, useId, useMemo } from 'react';
import { findChoice, makings, type OperationChoice } from '../create/operation-choice.ts';
import { toFormModel } from '../create/form-model.ts';
import { Button } from '../elements/button.tsx';
import { Segments } from '../elements/segments.tsx';
import { Select } from '../elements/select.tsx';
import { sayOperation } from '../words/integration-words.ts';
import { useWords } from '../words/use-words.tsx';
import type { BatchDraft } from './batch-draft.ts';
import { batchDraft, useBatchDraft } from './batch-draft-store.ts';
import { BatchText } from './batch-text.tsx';
import { checkBatch } from './check-batch.ts';
import { CheckedTable } from './checked-table.tsx';
import { type CheckedLine, knownFields } from './check-lines.ts';
import { contentOfCalls } from './content-of-calls.ts';
import { SendingNote } from './sending-note.tsx';
import { isSentBatch } from './sent-batch.ts';
import { useSendBatch } from './use-send-batch.ts';

const mostCalls = 10_000;
const mostAtOnce = 50;

/** Many prompts or a CSV, checked line by line before anything is sent. */
export function BatchForm({ choices }: { choices: readonly OperationChoice[] }) {
  const words = useWords();
  const { batches: say, create } = words;
  const draft = useBatchDraft();
  const send = useSendBatch();
  const ids = { operation: useId(), atOnce: useId() };
  const change = (part: Partial<BatchDraft>) => batchDraft.change((last) => ({ ...last, ...part }));

  const choice = findChoice(choices, draft);
  const model = useMemo(
    () => choice && toFormModel(choice.operation.inputSchema, choice.operation.mediaFields),
    [choice],
  );
  const columns = useMemo(() => (model === undefined ? [] : knownFields(model).map(({ name }) => name)), [model]);
  const text = useDeferredValue(draft.text);
  const checked = useMemo(
    () => model && checkBatch({ text, fileName: draft.fileName }, model),
    [text, draft.fileName, model],
  );
  const lines = checked?.lines ?? [];
  const good = useMemo(() => goodLines(checked?.lines), [checked]);
  const bad = lines.length - good.length;
  const isReady = good.length > 0 && good.length <= mostCalls && (bad === 0 || draft.leavesOut) && text === draft.text;

  const maker = choice && { integration: choice.integration.name, operation: choice.operation.name };
  const inputs = useMemo(() => good.map(({ input }) => input), [good]);
  const { sent } = draft;
  const isAnySent = sent !== undefined;
  // Only asked for where there is something to compare it with: it reads everything that was typed.
  const content = useMemo(() => (isAnySent ? contentOfCalls(inputs) : undefined), [isAnySent, inputs]);
  const isSame = isAnySent && maker && content !== undefined && isSentBatch(sent, { ...maker, content });
  const noteState = () => {
    if (send.isTriedAgain) return 'trying';
    if (send.isSending || sent === undefined) return 'answered';
    return isSame ? 'unanswered' : 'unanswered-other';
  };

  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady || send.isSending || maker === undefined) return;
        send.start({ ...maker, content: contentOfCalls(inputs) }, inputs);
      }}
    >
      <Segments
        label={create.making}
        isWide
        options={makings.map((value) => ({ value, label: create.makings[value] }))}
        value={draft.making}
        onChange={(making = 'image') => change({ making, integration: undefined, operation: undefined })}
      />
      <div className="flex flex-col gap-1.5">
        <label htmlFor={ids.operation} className="text-sm font-medium">
          {create.model}
        </label>
        <Select
          id={ids.operation}
          value={choice && nameOf(choice)}
          onChange={({ target }) => {
            const chosen = choices.find((one) => nameOf(one) === target.value);
            change({ integration: chosen?.integration.name, operation: chosen?.operation.name });
          }}
        >
          {choices
            .filter(({ making }) => making === draft.making)
            .map((one) => (
              <option key={nameOf(one)} value={nameOf(one)}>
                {one.integration.title} — {sayOperation(one.operation, words)}
              </option>
            ))}
        </Select>
      </div>
      <BatchText columns={columns} />
      {checked !== undefined && (lines.length > 0 || checked.kind === 'unreadable') && (
        <CheckedTable
          checked={checked}
          good={good.length}
          leavesOut={draft.leavesOut}
          onLeaveOut={(leavesOut) => change({ leavesOut })}
        />
      )}
      <div className="flex flex-wrap items-start gap-x-8 gap-y-4">
        <div className="flex flex-col gap-1.5">
          <label htmlFor={ids.atOnce} className="text-sm font-medium" title={say.concurrencyHint}>
            {say.concurrency}: <output className="tabular">{draft.maxConcurrent}</output>
          </label>
          <input
            id={ids.atOnce}
            type="range"
            className="h-10 w-48 cursor-pointer"
            min={1}
            max={mostAtOnce}
            value={draft.maxConcurrent}
            onChange={({ target }) => change({ maxConcurrent: Number(target.value) })}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <span className="text-sm font-medium">{say.onFailure}</span>
          <Segments
            label={say.onFailure}
            options={[
              { value: 'continue', label: say.onFailures.continue },
              { value: 'stop', label: say.onFailures.stop },
            ]}
            value={draft.onFailure}
            onChange={(onFailure = 'continue') => change({ onFailure })}
          />
        </div>
      </div>
      {good.length > mostCalls && <p className="text-sm text-bad">{say.tooMany(mostCalls)}</p>}
      <SendingNote
        state={noteState()}
        keepsSettings={sent?.maxConcurrent !== draft.maxConcurrent || sent.onFailure !== draft.onFailure}
        refusal={send.refusal}
      />
      <Button
        type="submit"
        kind="primary"
        size="large"
        disabled={!isReady || send.isSending}
        icon={<Layers size={18} aria-hidden="true" />}
      >
        {send.isSending ? say.sending : say.submit(good.length)}
      </Button>
    </form>
  );
}

function goodLines(lines: readonly CheckedLine[] = []): CheckedLine[] {
  return lines.filter(({ faults }) => Object.keys(faults).length === 0);
}

function nameOf({ integration, operation }: OperationChoice): string {
  return `${integration.name}/${operation.name}`;
}
