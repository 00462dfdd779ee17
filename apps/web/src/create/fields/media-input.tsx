import { ImagePlus, Film } from 'lucide-react';
import { type ClipboardEvent, type DragEvent, useId, useRef, useState } from 'react';
import { useSession } from '../../session/session-query.ts';
import { useWords } from '../../words/use-words.tsx';
import { limitsFor } from '../check-file.ts';
import type { Fault } from '../check-values.ts';
import { type PendingFile, stoppedOf } from '../file-queue.ts';
import { filesWithRoom } from '../file-room.ts';
import type { MediaField } from '../form-model.ts';
import { mediaKey, type MediaValue, mediaValuesOf, type StoredFile } from '../media-value.ts';
import { FaultText } from './fault-text.tsx';
import { FieldFrame } from './field-frame.tsx';
import { MediaTile, PendingTile } from './media-tile.tsx';

export interface MediaActions {
  add: (files: readonly File[]) => void;
  /** Says that there was no room for so many. */
  leaveOut: (count: number) => void;
  retry: (file: PendingFile) => void;
  drop: (file: PendingFile) => void;
  crop: (file: StoredFile) => void;
  /** Opens the painter; absent where the field takes no mask. */
  paint?: (() => void) | undefined;
}

interface MediaInputProps {
  field: MediaField;
  value: unknown;
  pending: readonly PendingFile[];
  onChange: (value: readonly MediaValue[] | undefined) => void;
  actions: MediaActions;
  fault: Fault | undefined;
}

/** Images or videos of an input: dropped, pasted or chosen, each with a preview, checked before it is sent. */
export function MediaInput({ field, value, pending, onChange, actions, fault }: MediaInputProps) {
  const id = useId();
  const words = useWords();
  const say = words.create.files;
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const files = mediaValuesOf(value);
  const count = files.length + pending.length;
  const isFull = count >= field.most;
  const change = (next: readonly MediaValue[]) => onChange(next.length === 0 ? undefined : next);
  const { data: session } = useSession();
  const { contentTypes, maxBytes } = limitsFor(field, session?.uploads);
  const Icon = field.media === 'video' ? Film : ImagePlus;

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setIsOver(false);
    actions.add([...event.dataTransfer.files]);
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain').trim();
    if (event.clipboardData.files.length > 0 || !/^https?:\/\/\S+$/.test(text)) return;
    event.preventDefault();
    const { taken, leftOut } = filesWithRoom([{ kind: 'url' as const, url: text }], {
      most: field.most,
      present: count,
    });
    change(field.most === 1 ? taken : [...files, ...taken]);
    actions.leaveOut(leftOut);
  };

  return (
    <FieldFrame
      field={field}
      id={id}
      isGroup
      fault={fault}
      aside={field.most > 1 && <span className="tabular text-xs text-muted">{say.count(count, field.most)}</span>}
    >
      <div
        role="group"
        aria-labelledby={`${id}-label`}
        className={`grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2 rounded-xl border border-dashed p-2 transition-colors ${isOver ? 'border-accent bg-accent-soft' : 'border-edge bg-surface'}`}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
        onPaste={onPaste}
      >
        {files.map((file, index) => (
          <MediaTile
            key={mediaKey(file)}
            file={file}
            media={field.media}
            onRemove={() => change(files.filter((other) => other !== file))}
            onFirst={index > 0 ? () => change([file, ...files.filter((other) => other !== file)]) : undefined}
            onCrop={field.media === 'image' && file.kind !== 'url' ? () => actions.crop(file) : undefined}
          />
        ))}
        {pending.map((file) => (
          <PendingTile
            key={file.id}
            file={file}
            onRetry={() => actions.retry(file)}
            onRemove={() => actions.drop(file)}
          />
        ))}
        {(!isFull || field.most === 1) && (
          <button
            type="button"
            className={`flex min-h-22 flex-col items-center justify-center gap-1 rounded-lg px-2 py-3 text-center text-xs text-muted transition-colors hover:bg-raised hover:text-ink ${count === 0 ? 'col-span-full' : ''} ${isFull ? 'hidden' : ''}`}
            onClick={() => chooser.current?.click()}
          >
            <Icon size={20} aria-hidden="true" />
            <span className="font-medium">
              {isOver ? say.dropHere : count === 0 ? say.add : say.addOne(field.media)}
            </span>
            {count === 0 && <span>{say.hint(field.media, maxBytes)}</span>}
          </button>
        )}
        <input
          ref={chooser}
          type="file"
          className="hidden"
          accept={contentTypes.join(',')}
          multiple={field.most > 1}
          aria-label={say.addOne(field.media)}
          onChange={(event) => {
            actions.add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
      {field.isMask && actions.paint !== undefined && (
        <button
          type="button"
          className="self-start text-sm font-medium text-accent hover:underline"
          data-paint
          onClick={actions.paint}
        >
          {say.mask}
        </button>
      )}
      {stoppedOf(pending).map(({ id: fileId, file, fault: why }) => (
        <p key={fileId} role="alert" className="text-sm text-bad">
          <strong className="font-medium">{file.name}</strong>: <FaultText fault={why} />
        </p>
      ))}
    </FieldFrame>
  );
}
