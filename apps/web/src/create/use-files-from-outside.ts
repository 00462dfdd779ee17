import { useEffect, useRef } from 'react';
import { isTextPaste } from './text-paste.ts';

/** Hears of files that are pasted or dropped anywhere on the page, where nothing nearer has taken them. */
export function useFilesFromOutside(onFiles: (files: readonly File[]) => void): void {
  const handler = useRef(onFiles);
  useEffect(() => {
    handler.current = onFiles;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { clipboardData, target } = event;
      const isIntoText = target instanceof HTMLElement && /^(INPUT|TEXTAREA)$/.test(target.tagName);
      if (!isTextPaste(clipboardData?.types ?? [], isIntoText)) take(event, clipboardData);
    };
    const drop = (event: DragEvent) => take(event, event.dataTransfer);
    const allow = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const take = (event: Event, data: DataTransfer | null) => {
      const files = [...(data?.files ?? [])];
      if (files.length === 0 || event.defaultPrevented) return;
      event.preventDefault();
      handler.current(files);
    };
    document.addEventListener('paste', paste);
    document.addEventListener('dragover', allow);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('paste', paste);
      document.removeEventListener('dragover', allow);
      document.removeEventListener('drop', drop);
    };
  }, []);
}
