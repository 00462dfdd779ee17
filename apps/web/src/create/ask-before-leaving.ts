import type { FileQueue } from './file-queue.ts';

/**
 * Lets the browser ask before the page is left, as long as files are on their way. It listens no longer than that: a browser puts aside a page that
 * listens less readily, to come back to.
 */
export function askBeforeLeaving(page: EventTarget, files: Pick<FileQueue, 'read' | 'subscribe'>): void {
  const ask = (event: Event) => event.preventDefault();
  files.subscribe(() => {
    if (files.read().some(({ state }) => state !== 'stopped')) page.addEventListener('beforeunload', ask);
    else page.removeEventListener('beforeunload', ask);
  });
}
