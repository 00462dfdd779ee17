import { useRef, useState } from 'react';
import ReactCrop, { type PercentCrop } from 'react-image-crop';
import 'react-image-crop/dist/ReactCrop.css';
import { Button } from '../elements/button.tsx';
import { Dialog, DialogTitle } from '../elements/dialog.tsx';
import { useNotice } from '../elements/notice.tsx';
import { Segments } from '../elements/segments.tsx';
import { useWords } from '../words/use-words.tsx';
import type { Words } from '../words/words.ts';
import { ratioOf } from './fields/shape.ts';
import { contentPathOf } from './media-paths.ts';
import type { StoredFile } from './media-value.ts';

interface CropDialogProps {
  file: StoredFile;
  onCropped: (file: File) => void;
  onClose: () => void;
}

const shapes = ['free', '1:1', '4:3', '3:4', '16:9', '9:16'] as const;
type Shape = (typeof shapes)[number];

/** Cuts a part out of an uploaded image. The part is a new upload; the old one stays as it is. */
export function CropDialog({ file, onCropped, onClose }: CropDialogProps) {
  const { page, create, calls } = useWords();
  const notice = useNotice();
  const image = useRef<HTMLImageElement>(null);
  const [shape, setShape] = useState<Shape>('free');
  const [crop, setCrop] = useState<PercentCrop>({ unit: '%', x: 10, y: 10, width: 80, height: 80 });
  // A part of an image that is not there yet would be a pixel of nothing; one that is being cut is cut once.
  const [isReady, setIsReady] = useState(false);
  const [isBroken, setIsBroken] = useState(false);
  const aspect = ratioOf(shape);

  const changeShape = (next: Shape) => {
    setShape(next);
    frame(next);
  };
  const frame = (next: Shape) => {
    const { naturalWidth = 0, naturalHeight = 0 } = image.current ?? {};
    // How large a part of this shape is, the image decides: one that is not there yet is framed when it comes.
    if (naturalWidth > 0) setCrop(centred(ratioOf(next), naturalWidth / naturalHeight));
  };
  const apply = async () => {
    if (image.current === null) return;
    setIsReady(false);
    try {
      onCropped(await cut(image.current, crop, file));
      onClose();
    } catch {
      // A browser draws no image that is too large for it.
      notice(calls.actionFailed);
      setIsReady(true);
    }
  };

  return (
    <Dialog label={create.crop.title} size="medium" onClose={onClose}>
      <DialogTitle onClose={onClose}>{create.crop.title}</DialogTitle>
      <div className="flex flex-col gap-4 p-5">
        <div>
          <Segments
            label={create.crop.title}
            options={shapes.map((value) => ({ value, label: value === 'free' ? create.crop.free : value }))}
            value={shape}
            onChange={(next) => changeShape(next ?? 'free')}
          />
        </div>
        <div className="well grid place-items-center rounded-xl p-2">
          <ReactCrop
            crop={crop}
            {...(aspect !== undefined && { aspect })}
            keepSelection
            ariaLabels={labelsOf(create.crop)}
            ruleOfThirds
            minWidth={16}
            minHeight={16}
            onChange={(_pixels, percent) => setCrop(percent)}
          >
            <img
              ref={image}
              src={contentPathOf(file)}
              alt={file.name}
              className="max-h-[60dvh]"
              onLoad={() => {
                if (shape !== 'free') frame(shape);
                setIsReady(true);
              }}
              onError={() => setIsBroken(true)}
            />
          </ReactCrop>
        </div>
        {isBroken ? (
          <p role="alert" className="text-sm text-bad">
            {create.crop.failed}
          </p>
        ) : (
          <p className="text-sm text-muted">{create.crop.hint}</p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{page.cancel}</Button>
          <Button kind="primary" disabled={!isReady} onClick={() => void apply()}>
            {create.crop.apply}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** What a screen reader says of the frame and of what it is drawn by. */
function labelsOf({ frame, handle }: Words['create']['crop']) {
  return {
    cropArea: frame,
    nwDragHandle: handle.northWest,
    nDragHandle: handle.north,
    neDragHandle: handle.northEast,
    eDragHandle: handle.east,
    seDragHandle: handle.southEast,
    sDragHandle: handle.south,
    swDragHandle: handle.southWest,
    wDragHandle: handle.west,
  };
}

/** The largest part of a shape in the middle of an image, in percent of it; most of the image where the shape is free. */
function centred(shape: number | undefined, imageRatio: number): PercentCrop {
  if (shape === undefined) return { unit: '%', x: 10, y: 10, width: 80, height: 80 };
  const width = Math.min(100, (shape / imageRatio) * 100);
  const height = Math.min(100, (imageRatio / shape) * 100);
  return { unit: '%', x: (100 - width) / 2, y: (100 - height) / 2, width, height };
}

async function cut(
  image: HTMLImageElement,
  { x, y, width, height }: PercentCrop,
  { name, contentType }: CropDialogProps['file'],
) {
  const { naturalWidth, naturalHeight } = image;
  const part = {
    x: Math.round((x / 100) * naturalWidth),
    y: Math.round((y / 100) * naturalHeight),
    width: Math.max(1, Math.round((width / 100) * naturalWidth)),
    height: Math.max(1, Math.round((height / 100) * naturalHeight)),
  };
  const canvas = new OffscreenCanvas(part.width, part.height);
  canvas.getContext('2d')?.drawImage(image, part.x, part.y, part.width, part.height, 0, 0, part.width, part.height);
  const type = contentType === 'image/jpeg' ? contentType : 'image/png';
  const blob = await canvas.convertToBlob({ type, quality: 0.95 });
  return new File([blob], name, { type });
}
