import type { InputImage } from '../worker/call-handler.ts';

/** `data:image/png;base64,…`: an image as part of a JSON body. */
export function toDataUri({ contentType, bytes }: Pick<InputImage, 'contentType' | 'bytes'>): string {
  return `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`;
}
