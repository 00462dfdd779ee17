import { keptBoxesIn } from './kept-boxes.ts';
import { type MovieBox, readBoxes } from './movie-boxes.ts';

const headersWithTimes = new Set(['mvhd', 'tkhd', 'mdhd']);
const [bytesOfFlags, bytesOfTimes, bytesOfLongTimes] = [4, 8, 16];

/**
 * Overwrites the metadata of an MP4 or QuickTime file where it stands. Every box that is not needed to play the film becomes free space of
 * the same size, so that every offset in the file stays right: names and places stand in many boxes, and makers of cameras have some of
 * their own. Room that was left free is overwritten too, where an editor may have left what was there. The dates of its making become 0.
 * False where its boxes do not fit into the file.
 */
export function eraseMovieMetadata(bytes: Buffer): boolean {
  return eraseIn(bytes, { type: 'file', start: 0, content: 0, end: bytes.length });
}

function eraseIn(bytes: Buffer, container: MovieBox): boolean {
  const kept = keptBoxesIn(container.type);
  if (kept === undefined) return true;
  const boxes = readBoxes(bytes, container.content, container.end);
  // What does not hold whole boxes plays nothing. That whatever has to be there is there is checked afterwards.
  if (boxes === undefined) return container.type !== 'file' && free(bytes, container);
  bytes.fill(0, boxes.at(-1)?.end ?? container.content, container.end);
  return boxes.every((box) => {
    if (!kept.has(box.type)) return free(bytes, box);
    if (headersWithTimes.has(box.type)) eraseTimes(bytes, box);
    return eraseIn(bytes, box);
  });
}

function free(bytes: Buffer, box: MovieBox): true {
  bytes.write('free', box.start + 4, 'latin1');
  bytes.fill(0, box.content, box.end);
  return true;
}

function eraseTimes(bytes: Buffer, box: MovieBox): void {
  const isLong = bytes[box.content] === 1;
  const timesStart = box.content + bytesOfFlags;
  bytes.fill(0, timesStart, Math.min(timesStart + (isLong ? bytesOfLongTimes : bytesOfTimes), box.end));
}
