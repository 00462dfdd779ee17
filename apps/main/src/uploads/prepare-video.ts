import { checkVideo, type VideoFacts } from '@darkroom/integration-sdk/media';
import { eraseOtherTracks } from './erase-other-tracks.ts';
import { eraseMovieMetadata } from './erase-movie-metadata.ts';
import { maxPixels } from './prepare-image.ts';
import { eraseUnusedMedia } from './erase-unused-media.ts';
import type { PreparedUpload } from './prepared-upload.ts';
import { refusedUpload } from './refused-upload.ts';

export const videoTypes: readonly string[] = ['video/mp4', 'video/x-m4v', 'video/quicktime'];

/** The video with its metadata overwritten where it stood, boxes and tracks: what is seen and heard stays byte for byte as it is. */
export async function prepareVideo(bytes: Buffer): Promise<PreparedUpload> {
  // Checked before anything else: it refuses boxes that are nested beyond reason.
  await factsOf(bytes);
  if (!eraseOtherTracks(bytes)) {
    const reason =
      'The video holds data beside picture and sound that may tell where it was taken, and that cannot be removed.';
    throw refusedUpload(reason, 'Export it anew, with picture and sound only.');
  }
  eraseUnusedMedia(bytes);
  if (!eraseMovieMetadata(bytes)) throw damaged('Its parts do not fit into each other.');
  const { contentType, width, height, durationSeconds } = await factsOf(bytes);
  if (width * height > maxPixels) {
    const reason = `The video has ${width} × ${height} pixels, more than ${maxPixels}.`;
    throw refusedUpload(reason, 'Scale it down.');
  }
  return { bytes, contentType, width, height, durationSeconds };
}

async function factsOf(bytes: Buffer): Promise<VideoFacts> {
  const check = await checkVideo(bytes);
  if (check.kind === 'no_video') throw damaged(check.reason);
  return check.facts;
}

function damaged(detail: string) {
  return refusedUpload(
    `The file is a damaged or incomplete video: ${detail}`,
    'Send the whole file, as MP4 or QuickTime.',
  );
}
