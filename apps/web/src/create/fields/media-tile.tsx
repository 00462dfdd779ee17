import { CornerUpLeft, Crop, LoaderCircle, RotateCw, TriangleAlert, X } from 'lucide-react';
import { IconButton } from '../../elements/button.tsx';
import { useWords } from '../../words/use-words.tsx';
import type { PendingFile } from '../file-queue.ts';
import { contentPathOf, thumbnailPathOf } from '../media-paths.ts';
import type { MediaValue } from '../media-value.ts';

interface MediaTileProps {
  file: MediaValue;
  media: 'image' | 'video';
  onRemove: () => void;
  onFirst: (() => void) | undefined;
  onCrop: (() => void) | undefined;
}

// The edge shows where the tile ends also of an image that is as bright as the page.
const frame = 'well relative aspect-square overflow-hidden rounded-lg border border-line';
const small = 'size-7! pointer-coarse:size-9! rounded-md!';

/** A file that an input names, with what can be done with it. */
export function MediaTile({ file, media, onRemove, onFirst, onCrop }: MediaTileProps) {
  const { create } = useWords();
  const name = file.kind === 'url' ? file.url : file.name;
  return (
    <div className={`group ${frame}`} title={name}>
      <Preview file={file} media={media} name={name} />
      <div className="absolute inset-x-1 top-1 flex flex-wrap justify-end gap-1">
        {onFirst && (
          <IconButton kind="solid" className={small} label={create.files.move} onClick={onFirst}>
            <CornerUpLeft size={14} />
          </IconButton>
        )}
        {onCrop && (
          <IconButton kind="solid" className={small} label={create.files.crop} onClick={onCrop}>
            <Crop size={14} />
          </IconButton>
        )}
        <IconButton kind="solid" className={small} label={create.files.removeNamed(name)} onClick={onRemove}>
          <X size={14} />
        </IconButton>
      </div>
    </div>
  );
}

function Preview({ file, media, name }: Pick<MediaTileProps, 'file' | 'media'> & { name: string }) {
  if (file.kind === 'url') {
    // The page fetches nothing from other sites: an address is shown as what it is.
    return (
      <span className="grid size-full place-items-center p-2 text-center text-[0.625rem] break-all text-muted">
        {name}
      </span>
    );
  }
  if (media === 'video') {
    return <video src={`${contentPathOf(file)}#t=0.1`} muted preload="metadata" className="size-full object-cover" />;
  }
  return <img src={thumbnailPathOf(file)} alt={name} className="size-full object-cover" />;
}

interface PendingTileProps {
  file: PendingFile;
  onRetry: () => void;
  onRemove: () => void;
}

/** A file that is being checked or sent, or that was stopped. */
export function PendingTile({ file: { file, previewUrl, state, fault }, onRetry, onRemove }: PendingTileProps) {
  const { create } = useWords();
  return (
    <div className={frame} title={file.name} data-stopped={state === 'stopped' || undefined}>
      {file.type.startsWith('image/') && fault?.code !== 'file_unreadable' && (
        <img src={previewUrl} alt={file.name} className="size-full object-cover opacity-50" />
      )}
      <div className="absolute inset-0 grid place-items-center">
        {state === 'stopped' ? (
          <TriangleAlert size={22} className="text-bad" aria-hidden="true" />
        ) : (
          <LoaderCircle size={22} className="animate-spin text-accent" aria-label={create.files.checking} />
        )}
      </div>
      <div className="absolute inset-x-1 top-1 flex flex-wrap justify-end gap-1">
        {state === 'stopped' && fault?.code === 'upload_failed' && (
          <IconButton kind="solid" className={small} label={create.files.retry} onClick={onRetry}>
            <RotateCw size={14} />
          </IconButton>
        )}
        <IconButton kind="solid" className={small} label={create.files.removeNamed(file.name)} onClick={onRemove}>
          <X size={14} />
        </IconButton>
      </div>
    </div>
  );
}
