import { type PointerEvent, useRef, useState } from 'react';
import { Button } from '../elements/button.tsx';
import { Dialog, DialogTitle } from '../elements/dialog.tsx';
import { useNotice } from '../elements/notice.tsx';
import { Segments } from '../elements/segments.tsx';
import { useWords } from '../words/use-words.tsx';
import { isPainted } from './is-painted.ts';
import { contentPathOf } from './media-paths.ts';
import type { StoredFile } from './media-value.ts';

interface MaskDialogProps {
  file: StoredFile;
  onPainted: (file: File) => void;
  onClose: () => void;
}

/** Paints a mask over an image: white where it may change, black where it stays. It has the image's own size. */
export function MaskDialog({ file, onPainted, onClose }: MaskDialogProps) {
  const { page, create, calls } = useWords();
  const notice = useNotice();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [tool, setTool] = useState<'brush' | 'erase'>('brush');
  const [percent, setPercent] = useState(8);
  // Where nothing is painted nothing may change, and what that makes would be paid for.
  const [isMask, setIsMask] = useState(false);
  // Before the image is there nobody knows the size of its mask, and what was painted would be gone; one that is being made is made once.
  const [isReady, setIsReady] = useState(false);
  const [isBroken, setIsBroken] = useState(false);
  const last = useRef<{ x: number; y: number }>(undefined);

  const paint = (event: PointerEvent<HTMLCanvasElement>) => {
    const context = event.currentTarget.getContext('2d');
    if (!isReady || context === null || event.buttons !== 1) return;
    const { width, height } = event.currentTarget;
    const bounds = event.currentTarget.getBoundingClientRect();
    const at = {
      x: ((event.clientX - bounds.left) / bounds.width) * width,
      y: ((event.clientY - bounds.top) / bounds.height) * height,
    };
    const from = last.current ?? at;
    context.globalCompositeOperation = tool === 'brush' ? 'source-over' : 'destination-out';
    context.strokeStyle = '#ffffff';
    context.lineCap = 'round';
    context.lineWidth = (Math.max(width, height) * percent) / 100;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(at.x, at.y + 0.01);
    context.stroke();
    last.current = at;
  };
  const look = () => {
    if (canvas.current !== null) setIsMask(isPainted(pixelsOf(canvas.current)));
  };
  const reset = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, canvas.current.width, canvas.current.height);
    setIsMask(false);
  };
  const apply = async () => {
    if (canvas.current === null) return;
    setIsReady(false);
    try {
      onPainted(await toMask(canvas.current));
      onClose();
    } catch {
      // A browser makes no image that is too large for it.
      notice(calls.actionFailed);
      setIsReady(true);
    }
  };

  return (
    <Dialog label={create.mask.title} size="medium" onClose={onClose}>
      <DialogTitle onClose={onClose}>{create.mask.title}</DialogTitle>
      <div className="flex flex-col gap-4 p-5">
        <div className="flex flex-wrap items-center gap-3">
          <Segments
            label={create.mask.title}
            options={[
              { value: 'brush', label: create.mask.brush },
              { value: 'erase', label: create.mask.erase },
            ]}
            value={tool}
            onChange={(next) => setTool(next ?? 'brush')}
          />
          <input
            type="range"
            min={1}
            max={30}
            value={percent}
            aria-label={create.mask.brushSize}
            className="max-w-40 min-w-16 flex-1"
            onChange={(event) => setPercent(Number(event.target.value))}
          />
          <Button size="small" onClick={reset}>
            {create.mask.reset}
          </Button>
        </div>
        <div className="well relative mx-auto w-fit overflow-hidden rounded-xl">
          <img
            src={contentPathOf(file)}
            alt={file.name}
            className="max-h-[60dvh]"
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
              if (canvas.current === null) return;
              canvas.current.width = naturalWidth;
              canvas.current.height = naturalHeight;
              setIsReady(true);
            }}
            onError={() => setIsBroken(true)}
          />
          <canvas
            ref={canvas}
            className="absolute inset-0 size-full cursor-crosshair touch-none opacity-70"
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              last.current = undefined;
              paint(event);
            }}
            onPointerMove={paint}
            onPointerUp={look}
            onPointerCancel={look}
          />
        </div>
        {isBroken ? (
          <p role="alert" className="text-sm text-bad">
            {create.crop.failed}
          </p>
        ) : (
          <p className="text-sm text-muted">{create.mask.hint}</p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{page.cancel}</Button>
          <Button kind="primary" disabled={!isMask || !isReady} onClick={() => void apply()}>
            {create.mask.apply}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function pixelsOf(canvas: HTMLCanvasElement): ArrayLike<number> {
  const { width, height } = canvas;
  return canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
}

async function toMask(painted: HTMLCanvasElement): Promise<File> {
  const canvas = new OffscreenCanvas(painted.width, painted.height);
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = '#000000';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(painted, 0, 0);
  }
  return new File([await canvas.convertToBlob({ type: 'image/png' })], 'mask.png', { type: 'image/png' });
}
