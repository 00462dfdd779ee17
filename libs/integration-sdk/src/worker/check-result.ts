import type { ProviderResult } from './call-handler.ts';
import { checkImage } from './check-image.ts';
import { checkVideo } from './check-video.ts';

/** What is known of a file from its own bytes. */
export interface FileFacts {
  contentType: string;
  extension: string;
  width: number;
  height: number;
  durationSeconds?: number;
  frameRate?: number;
}

export type ResultCheck = { kind: 'usable'; facts: FileFacts } | { kind: 'unusable'; reason: string };

/** Whether bytes are what was promised. A video where an image was promised is as useless as none. */
export async function checkResult(promised: ProviderResult['kind'], bytes: Uint8Array): Promise<ResultCheck> {
  const check = promised === 'image' ? await checkImage(bytes) : await checkVideo(bytes);
  return 'facts' in check ? { kind: 'usable', facts: check.facts } : { kind: 'unusable', reason: check.reason };
}
