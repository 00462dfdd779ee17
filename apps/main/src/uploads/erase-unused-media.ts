import { findInside, type MovieBox, readBoxes } from './movie-boxes.ts';
import { type BytePlace, findSamplePlaces } from './sample-places.ts';

/**
 * Overwrites what stands among the pictures and sounds of a film and belongs to none of them, where it stands: some cameras write where they
 * were between two frames, and no table tells of it. Left as it is where the tables do not tell for certain what belongs to a track: in
 * fragments, and where they give one size for all samples, which QuickTime may not mean in bytes.
 */
export function eraseUnusedMedia(bytes: Buffer): void {
  const boxes = readBoxes(bytes, 0, bytes.length) ?? [];
  const movie = boxes.find(({ type }) => type === 'moov');
  const parts = movie ? (readBoxes(bytes, movie.content, movie.end) ?? []) : [];
  if (parts.some(({ type }) => type === 'mvex')) return;
  const places = parts.filter(({ type }) => type === 'trak').map((track) => exactPlaces(bytes, track));
  if (!places.every((found) => found !== undefined)) return;
  const media = boxes.filter(({ type }) => type === 'mdat');
  eraseInside(bytes, media, outsideOf(places, bytes.length));
}

function exactPlaces(bytes: Buffer, track: MovieBox): Iterable<BytePlace> | undefined {
  const sampleTable = findInside(bytes, track, ['mdia', 'minf', 'stbl']);
  const sizes = sampleTable && findInside(bytes, sampleTable, ['stsz']);
  const isExact = sizes && sizes.content + 8 <= sizes.end && bytes.readUInt32BE(sizes.content + 4) === 0;
  return isExact ? findSamplePlaces(bytes, sampleTable) : undefined;
}

/** What no place covers, from the beginning to the end of the file. Places may overlap, and come in any order. */
function* outsideOf(tracks: readonly Iterable<BytePlace>[], fileEnd: number): Generator<BytePlace, void> {
  const edges: { starts: number[]; ends: number[] } = { starts: [], ends: [] };
  for (const places of tracks) {
    for (const { start, end } of places) {
      edges.starts.push(start);
      edges.ends.push(end);
    }
  }
  const [starts, ends] = [Float64Array.from(edges.starts).sort(), Float64Array.from(edges.ends).sort()];
  // As many begin as have ended: here nothing is covered until the next one begins.
  let outside = 0;
  for (let next = 0; next < starts.length; next += 1) {
    const start = Math.min(starts[next] ?? fileEnd, fileEnd);
    if (next === 0 || (ends[next - 1] ?? 0) < start) yield { start: outside, end: start };
    outside = Math.min(ends[next] ?? fileEnd, fileEnd);
  }
  yield { start: outside, end: fileEnd };
}

/** Both come in the order of the file, so each is looked at once. */
function eraseInside(bytes: Buffer, media: readonly MovieBox[], unused: Iterable<BytePlace>): void {
  let index = 0;
  for (const { start, end } of unused) {
    for (let box = media[index]; box !== undefined && box.content < end; box = media[index]) {
      bytes.fill(0, Math.min(Math.max(start, box.content), box.end), Math.min(end, box.end));
      if (box.end > end) break;
      index += 1;
    }
  }
}
