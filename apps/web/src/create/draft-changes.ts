import type { Call } from '@darkroom/contract';
import { carryMedia, type Draft } from './draft.ts';
import { type Field, fieldsFor, type MediaField, toFormModel } from './form-model.ts';
import { fromReferences, mediaKey, type MediaValue, mediaValuesOf } from './media-value.ts';
import { findChoice, type Making, makingOf, type OperationChoice } from './operation-choice.ts';

/** The operation that a draft is for. */
export function choiceOf(draft: Draft, choices: readonly OperationChoice[]): OperationChoice | undefined {
  const chosen = draft.chosen[draft.making];
  return findChoice(choices, { making: draft.making, integration: chosen?.integration, operation: chosen?.operation });
}

export function fieldsOfChoice(choice: OperationChoice | undefined, values: Draft['values']): readonly Field[] {
  return choice === undefined
    ? []
    : fieldsFor(toFormModel(choice.operation.inputSchema, choice.operation.mediaFields), values);
}

/** Chooses what to make, or who makes it. Files move along to where the new operation takes them. */
export function choose(
  draft: Draft,
  choices: readonly OperationChoice[],
  change: { making?: Making; integration?: string; operation?: string },
): Draft {
  const making = change.making ?? draft.making;
  const last = draft.chosen[making] ?? draft.chosen[draft.making];
  const integration = change.integration ?? last?.integration;
  const operation = change.operation ?? (change.integration === undefined ? last?.operation : undefined);
  const choice = findChoice(choices, { making, integration, operation });
  if (choice === undefined) return { ...draft, making };
  const chosen = { integration: choice.integration.name, operation: choice.operation.name };
  // A file may have been given to an operation before the last, which took none.
  const from = [choiceOf(draft, choices), ...choices].flatMap((other) => fieldsOfChoice(other, draft.values));
  const values = carryMedia(draft.values, from, fieldsOfChoice(choice, draft.values));
  return { ...draft, making, chosen: { ...draft.chosen, [making]: chosen }, values };
}

/** The field that takes a file of this kind: the first with room, or the first of all. */
export function fieldForFile(
  fields: readonly Field[],
  values: Draft['values'],
  media: 'image' | 'video',
): MediaField | undefined {
  const able = fields.filter(
    (field): field is MediaField => field.kind === 'media' && field.media === media && !field.isMask,
  );
  return able.find((field) => mediaValuesOf(values[field.name]).length < field.most) ?? able[0];
}

/** The draft with an operation that takes files of this kind: the one that is chosen, or the nearest that does. */
export function openForFiles(draft: Draft, choices: readonly OperationChoice[], media: 'image' | 'video'): Draft {
  const takes = (choice: OperationChoice) =>
    fieldForFile(fieldsOfChoice(choice, draft.values), {}, media) !== undefined;
  const current = choiceOf(draft, choices);
  if (current === undefined || takes(current)) return draft;
  const sameIntegration = (choice: OperationChoice) => choice.integration.name === current.integration.name;
  const sameMaking = (choice: OperationChoice) => choice.making === draft.making;
  const able = choices.filter(takes);
  const target =
    able.find((choice) => sameMaking(choice) && sameIntegration(choice)) ??
    able.find(sameMaking) ??
    able.find((choice) => choice.making === 'edit' && sameIntegration(choice)) ??
    able.find((choice) => choice.making === 'edit') ??
    able[0];
  if (target === undefined) return draft;
  return choose(draft, choices, {
    making: target.making,
    integration: target.integration.name,
    operation: target.operation.name,
  });
}

interface PlacedFile {
  file: MediaValue;
  /** The key of the file that it takes the place of. */
  replaces?: string | undefined;
}

/** Puts a file into a field: in the place of another, beside the others where there is room, or in the place of the last. */
export function putFile(draft: Draft, field: MediaField, { file, replaces }: PlacedFile): Draft {
  const present = mediaValuesOf(draft.values[field.name]);
  const isReplaced = (other: MediaValue) => mediaKey(other) === replaces;
  const replaced = present.map((other) => (isReplaced(other) ? file : other));
  const files = present.some(isReplaced) ? replaced : [...present.slice(0, Math.max(0, field.most - 1)), file];
  return { ...draft, values: { ...draft.values, [field.name]: files } };
}

/** A new prompt on a result: an edit of that image alone, by the integration that made it where it can. */
export function editResult(
  draft: Draft,
  choices: readonly OperationChoice[],
  { file, madeBy }: { file: MediaValue; madeBy: string },
): Draft {
  const edits = choices.filter(({ making }) => making === 'edit');
  const target = edits.find(({ integration }) => integration.name === madeBy) ?? edits[0];
  if (target === undefined) return draft;
  const chosen = { integration: target.integration.name, operation: target.operation.name };
  const empty = { ...draft, making: 'edit' as const, chosen: { ...draft.chosen, edit: chosen } };
  const fields = fieldsOfChoice(target, draft.values);
  const withoutFiles = Object.fromEntries(
    Object.entries(draft.values).filter(
      ([name]) => !fields.some((field) => field.kind === 'media' && field.name === name),
    ),
  );
  const field = fieldForFile(fields, withoutFiles, 'image');
  const cleared = { ...empty, values: { ...withoutFiles, prompt: '' } };
  return field === undefined ? cleared : putFile(cleared, field, { file });
}

/** A result beside what is there already. */
export function addResult(
  draft: Draft,
  choices: readonly OperationChoice[],
  { file, media }: { file: MediaValue; media: 'image' | 'video' },
): Draft {
  const open = openForFiles(draft, choices, media);
  const field = fieldForFile(fieldsOfChoice(choiceOf(open, choices), open.values), open.values, media);
  return field === undefined ? open : putFile(open, field, { file });
}

/** The settings of a call, to make something like it. Files that were uploaded are named by their ids alone. */
export function settingsOf(draft: Draft, choices: readonly OperationChoice[], call: Call): Draft {
  const choice = choices.find(
    ({ integration, operation }) => integration.name === call.integration && operation.name === call.operation,
  );
  if (choice === undefined) return draft;
  const making = makingOf(choice.operation);
  const chosen = { integration: call.integration, operation: call.operation };
  const fields = fieldsOfChoice(choice, call.input);
  const values = Object.fromEntries(
    Object.entries(call.input).map(([name, value]) => {
      const field = fields.find((known) => known.name === name);
      return [name, field?.kind === 'media' ? fromReferences(value) : value];
    }),
  );
  return { ...draft, making, chosen: { ...draft.chosen, [making]: chosen }, values };
}
