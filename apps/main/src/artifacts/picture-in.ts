import { artifactsIn } from './artifacts-in.ts';

/** Of an output, an image that was asked for or, of a video, the picture that came with it. */
export function pictureIn(output: unknown) {
  const images = artifactsIn(output).filter(({ contentType }) => contentType.startsWith('image/'));
  return images.find(({ role = 'result' }) => role === 'result') ?? images[0];
}
