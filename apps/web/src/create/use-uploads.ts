import type { SessionState } from '@darkroom/client';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { darkroom } from '../darkroom/darkroom.ts';
import { drawKey } from '../darkroom/draw-key.ts';
import { noteSignedOut } from '../darkroom/query-client.ts';
import { isRefusedForGood } from '../darkroom/refusal.ts';
import { sessionKey } from '../session/session-query.ts';
import type { FileFault } from './check-file.ts';
import { putFile } from './draft-changes.ts';
import { askBeforeLeaving } from './ask-before-leaving.ts';
import { changeDraft } from './draft-store.ts';
import { FileQueue, type PendingFile } from './file-queue.ts';
import { measureFile } from './measure-file.ts';

let queue: FileQueue | undefined;

/** The files on their way into the draft. They go on while another page is looked at. */
export function useUploads(): { uploads: FileQueue; pending: readonly PendingFile[] } {
  const queryClient = useQueryClient();
  const [uploads] = useState(() => (queue ??= createQueue(queryClient)));
  return { uploads, pending: useSyncExternalStore(uploads.subscribe, uploads.read) };
}

function createQueue(queryClient: QueryClient): FileQueue {
  const created = new FileQueue({
    uploadLimits: () => queryClient.getQueryData<SessionState | null>(sessionKey)?.uploads,
    measure: measureFile,
    upload: (file, options) => darkroom.uploads.create(file, options),
    onDone: (field, file, replaces) => changeDraft((draft) => putFile(draft, field, { file, replaces })),
    toFault(error) {
      noteSignedOut(queryClient, error);
      return toFault(error);
    },
    drawKey,
    previews: URL,
  });
  // A file that is not up yet is in this page alone.
  askBeforeLeaving(window, created);
  return created;
}

function toFault(error: unknown): FileFault {
  return isRefusedForGood(error) ? { code: 'upload_refused', message: error.message } : { code: 'upload_failed' };
}
