import { fileTypeFromBuffer } from 'file-type';
import { imageTypes, type ImageType, prepareImage } from './prepare-image.ts';
import { prepareVideo, videoTypes } from './prepare-video.ts';
import type { PreparedUpload } from './prepared-upload.ts';
import type { UploadLimits } from './upload-limits.ts';
import { refusedUpload, uploadTooLarge } from './refused-upload.ts';

const accepted = 'PNG, JPEG and WebP images, and MP4 and QuickTime videos';

/** What is kept of a file. What it is, its own bytes say: neither its name nor the type that the client gave it counts. */
export async function prepareUpload(
  bytes: Buffer,
  { maxImageBytes }: Pick<UploadLimits, 'maxImageBytes'>,
): Promise<PreparedUpload> {
  const type = await fileTypeFromBuffer(bytes);
  if (isImageType(type?.mime)) {
    if (bytes.length > maxImageBytes) throw uploadTooLarge(maxImageBytes, 'an image');
    return prepareImage(bytes, type.mime);
  }
  if (videoTypes.includes(type?.mime ?? '')) return prepareVideo(bytes);
  const found = type ? `The file is of type ${type.mime}.` : 'The file is of no known type.';
  throw refusedUpload(found, `Uploads are ${accepted}: convert it to one of them.`);
}

function isImageType(mime: string | undefined): mime is ImageType {
  return imageTypes.some((type) => type === mime);
}
