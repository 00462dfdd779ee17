import { RotateCcw, Sparkles } from 'lucide-react';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button, IconButton } from '../elements/button.tsx';
import { loadPart } from '../elements/load-part.ts';
import { useNotice } from '../elements/notice.tsx';
import { Part } from '../elements/part.tsx';
import { useWords } from '../words/use-words.tsx';
import { checkValues, type Fault } from './check-values.ts';
import { choiceOf, fieldForFile, fieldsOfChoice, openForFiles } from './draft-changes.ts';
import { changeDraft, clearDraft, useDraft } from './draft-store.ts';
import { filesWithRoom } from './file-room.ts';
import { type Field, fieldsFor, type MediaField, toFormModel } from './form-model.ts';
import { FieldInput } from './fields/field-input.tsx';
import { MediaInput } from './fields/media-input.tsx';
import { MakingPicker } from './making-picker.tsx';
import { mediaKey, mediaValuesOf, type StoredFile } from './media-value.ts';
import { MoreSettings } from './more-settings.tsx';
import type { OperationChoice } from './operation-choice.ts';
import { useOutbox } from './outbox-store.tsx';
import { hindranceOf } from './submit-hindrance.ts';
import { useSubmitKey } from './use-submit-key.ts';
import { useFilesFromOutside } from './use-files-from-outside.ts';
import { useUploads } from './use-uploads.ts';
import { Variations } from './variations.tsx';

const CropDialog = loadPart(() => import('./crop-dialog.tsx').then((loaded) => loaded.CropDialog));
const MaskDialog = loadPart(() => import('./mask-dialog.tsx').then((loaded) => loaded.MaskDialog));

const doubleClickMs = 800;
/** Within it a click that the browser counts as a repeated one repeats one that the button has taken, also where all stands still between the two. */
const repeatedWithinMs = 20_000;

interface ComposerProps {
  choices: readonly OperationChoice[];
  /** Called when something was asked for. */
  onSent: () => void;
}

/** The form of the chosen operation. What is entered is kept as it is typed; it is checked again by the server. */
export function Composer({ choices, onSent }: ComposerProps) {
  const words = useWords();
  const { create } = words;
  const notice = useNotice();
  const draft = useDraft();
  const { outbox, items } = useOutbox();
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const lastWish = useRef({ wish: '', at: 0 });
  const clickedAt = useRef(-Infinity);
  useSubmitKey(form);
  const [cropping, setCropping] = useState<{ field: MediaField; file: StoredFile }>();
  const [painting, setPainting] = useState<{ field: MediaField; file: StoredFile }>();
  const choice = choiceOf(draft, choices);
  const model = useMemo(
    () => choice && toFormModel(choice.operation.inputSchema, choice.operation.mediaFields),
    [choice],
  );
  const { uploads, pending } = useUploads();
  useFilesFromOutside((files) => addAnywhere(files));
  const operationName = `${choice?.integration.name}/${choice?.operation.name}`;
  useEffect(() => setIsTried(false), [operationName]);
  if (choice === undefined || model === undefined) return <MakingPicker choices={choices} />;

  const fields = fieldsFor(model, draft.values);
  const { input, faults } = checkValues(model, draft.values);
  const hindrance = hindranceOf({ fields, faults, pending });
  const isUploading = hindrance === 'upload';
  const refused = items.find(({ state, request }) => state === 'refused' && isSame(request.input, input));

  const faultOf = ({ name }: Field): Fault | undefined => {
    const fault = faults[name];
    if (fault !== undefined) return fault.code === 'required' && !isTried ? undefined : fault;
    const message = refused?.refusal?.errors.find(({ path }) => path.split('/')[2] === name)?.message;
    return message === undefined ? undefined : { code: 'refused', message };
  };
  const setValue = (name: string, value: unknown) =>
    changeDraft((last) => ({ ...last, values: { ...last.values, [name]: value } }));

  function addAnywhere(files: readonly File[]): void {
    const media = files[0]?.type.startsWith('video/') ? 'video' : 'image';
    const open = openForFiles(draft, choices, media);
    const field = fieldForFile(fieldsOfChoice(choiceOf(open, choices), open.values), open.values, media);
    if (field === undefined) return;
    changeDraft((last) => openForFiles(last, choices, media));
    addFiles(field, files);
  }
  function addFiles(field: MediaField, files: readonly File[]): void {
    const onTheWay = pending.filter((file) => file.field.name === field.name);
    const present = mediaValuesOf(draft.values[field.name]).length + onTheWay.length;
    const { taken, leftOut } = filesWithRoom(files, { most: field.most, present });
    if (field.most === 1 && taken.length > 0) for (const { id } of onTheWay) uploads.remove(id);
    uploads.add(field, taken);
    sayLeftOut(leftOut, field);
  }
  function sayLeftOut(count: number, { most }: MediaField): void {
    if (count > 0) notice(create.files.leftOut(count, most));
  }
  const submit = () => {
    // The faults have to be there before the first of them can be shown.
    flushSync(() => setIsTried(true));
    if (hindrance === 'fault') focusFirstFault(form.current);
    if (hindrance !== undefined) return;
    const request = { integration: choice.integration.name, operation: choice.operation.name, input };
    // The second click of a double click is not a second wish.
    const wish = JSON.stringify([request, draft.variations]);
    if (wish === lastWish.current.wish && performance.now() - lastWish.current.at < doubleClickMs) return;
    lastWish.current = { wish, at: performance.now() };
    outbox.add(Array.from({ length: draft.variations }, () => request));
    setIsTried(false);
    onSent();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  const firstImage = fields
    .filter((field) => field.kind === 'media' && !field.isMask)
    .flatMap(({ name }) => mediaValuesOf(draft.values[name]))
    .find((file) => file.kind !== 'url');

  const show = (field: Field) =>
    field.kind === 'media' ? (
      <MediaInput
        key={field.name}
        field={field}
        value={draft.values[field.name]}
        pending={pending.filter((file) => file.field.name === field.name)}
        fault={faultOf(field)}
        onChange={(value) => setValue(field.name, value)}
        actions={{
          add: (files) => addFiles(field, files),
          leaveOut: (count) => sayLeftOut(count, field),
          retry: (file) => uploads.retry(file),
          drop: ({ id }) => uploads.remove(id),
          crop: (file) => setCropping({ field, file }),
          paint: firstImage && (() => setPainting({ field, file: firstImage })),
        }}
      />
    ) : (
      <FieldInput
        key={field.name}
        field={field}
        value={draft.values[field.name]}
        fault={faultOf(field)}
        placeholder={field.name === 'prompt' ? placeholderFor(choice.making, create) : undefined}
        onChange={(value) => setValue(field.name, value)}
      />
    );
  const primary = fields.filter(({ isPrimary }) => isPrimary);
  const others = fields.filter(({ isPrimary }) => !isPrimary);
  const othersSet = others.filter(({ name }) => draft.values[name] !== undefined).length;

  return (
    <>
      <form className="flex min-h-full flex-col gap-5 px-4 pt-4 lg:px-6" onSubmit={onSubmit} ref={form} noValidate>
        <MakingPicker choices={choices} />
        {primary.map(show)}
        {others.length > 0 && (
          <MoreSettings count={othersSet} isFaulty={others.some((field) => faultOf(field) !== undefined)}>
            {others.map(show)}
          </MoreSettings>
        )}
        <div className="sticky bottom-16 z-10 -mx-4 mt-auto flex items-center gap-2 border-t border-line bg-surface px-4 py-3 lg:bottom-0 lg:-mx-6 lg:px-6">
          <Variations />
          <IconButton
            label={create.clear}
            onClick={() => {
              const undo = clearDraft();
              if (undo !== undefined) notice(create.cleared, { label: words.page.undo, run: undo });
              uploads.removeAll();
              setIsTried(false);
            }}
          >
            <RotateCcw size={16} />
          </IconButton>
          <Button
            type="submit"
            kind="primary"
            size="large"
            className="flex-1"
            disabled={isUploading}
            title={create.submitHint}
            // The second click of a double click is none of its own, however late a busy page hears of it; one on a button that took none before is.
            onClick={(event) => {
              const isRepeated = event.detail > 1 && event.timeStamp - clickedAt.current < repeatedWithinMs;
              clickedAt.current = event.timeStamp;
              if (isRepeated) event.preventDefault();
            }}
            icon={<Sparkles size={18} aria-hidden="true" />}
          >
            {isUploading ? create.uploading : create.submit(draft.variations)}
          </Button>
        </div>
      </form>
      <Part>
        {cropping && (
          <CropDialog
            file={cropping.file}
            onClose={() => setCropping(undefined)}
            onCropped={(file) =>
              uploads.add(cropping.field, [file], { from: cropping.file, replaces: mediaKey(cropping.file) })
            }
          />
        )}
        {painting && (
          <MaskDialog
            file={painting.file}
            onClose={() => setPainting(undefined)}
            onPainted={(file) => uploads.add(painting.field, [file], { from: painting.file })}
          />
        )}
      </Part>
    </>
  );
}

function placeholderFor(making: OperationChoice['making'], create: ReturnType<typeof useWords>['create']): string {
  if (making === 'video') return create.videoPlaceholder;
  return making === 'edit' ? create.editPlaceholder : create.promptPlaceholder;
}

function focusFirstFault(form: HTMLFormElement | null): void {
  const faulty = form?.querySelector<HTMLElement>(
    '[data-faulty] :is(input, textarea, select, button), [data-stopped] button',
  );
  // What is folded away takes no focus.
  const folded = faulty?.closest('details');
  if (folded) folded.open = true;
  faulty?.focus({ preventScroll: true });
  // What is wrong with it stands below it, where the bar may cover it.
  faulty?.scrollIntoView({ block: 'center' });
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
