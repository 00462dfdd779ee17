import type { Call } from '@darkroom/contract';
import { fromReferences, type MediaValue } from '../create/media-value.ts';

/** A file that a call was given, and the field that it was given in. */
export interface GivenFile {
  name: string;
  isVideo: boolean;
  file: MediaValue;
}

/** The images and videos of an input. A plain text is one only where it is an address: `imageSize: '2K'` is a setting. */
export function filesGiven(input: Call['input']): GivenFile[] {
  return Object.entries(input).flatMap(([name, value]) => {
    if (typeof value === 'string' && !/image|frame|video|mask/i.test(name)) return [];
    return fromReferences(value)
      .filter((file) => file.kind !== 'url' || /^https?:\/\//i.test(file.url))
      .map((file) => ({ name, isVideo: /video/i.test(name), file }));
  });
}
