import { type MovieBox, readBoxes } from './movie-boxes.ts';

const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf']);
/** Names, places and times; private boxes such as XMP; and room that was left free, where an editor may have left what was there. */
const metadata = new Set(['udta', 'meta', 'uuid', 'free', 'skip', 'wide']);
const headersWithTimes = new Set(['mvhd', 'tkhd', 'mdhd']);
const [bytesOfFlags, bytesOfTimes, bytesOfLongTimes] = [4, 8, 16];

/**
 * Overwrites the metadata of an MP4 or QuickTime file where it stands: its boxes become free space of the same size, so that every offset
 * in the file stays right, and the dates of its making become 0. False where its boxes do not fit into each other or into the file.
 */
export function eraseMovieMetadata(bytes: Buffer): boolean {
  const boxes = readBoxes(bytes, 0, bytes.length);
  return boxes !== undefined && boxes.every((box) => erase(bytes, box));
}

function erase(bytes: Buffer, box: MovieBox): boolean {
  if (metadata.has(box.type)) {
    bytes.write('free', box.start + 4, 'latin1');
    bytes.fill(0, box.content, box.end);
  } else if (headersWithTimes.has(box.type)) {
    const isLong = bytes[box.content] === 1;
    const timesStart = box.content + bytesOfFlags;
    bytes.fill(0, timesStart, Math.min(timesStart + (isLong ? bytesOfLongTimes : bytesOfTimes), box.end));
  } else if (containers.has(box.type)) {
    return readBoxes(bytes, box.content, box.end)?.every((inner) => erase(bytes, inner)) ?? false;
  }
  return true;
}
