import { findInside, type MovieBox, readBoxes } from './movie-boxes.ts';
import { type BytePlace, findSamplePlaces } from './sample-places.ts';

const keptHandlers = new Set(['vide', 'soun']);
const handlerOffset = 8;

/**
 * Overwrites every track that is neither picture nor sound, with its samples, where it stands: cameras and drones keep in such tracks where
 * they were from second to second. False where its samples cannot be found, or cannot be all where its tables say: samples have places of
 * their own, so all of them together are no longer than the file, and none is in the tables.
 */
export function eraseOtherTracks(bytes: Buffer): boolean {
  const [movie, ...furtherMovies] = readBoxes(bytes, 0, bytes.length)?.filter(({ type }) => type === 'moov') ?? [];
  if (!movie || furtherMovies.length > 0) return false;
  const parts = readBoxes(bytes, movie.content, movie.end) ?? [];
  const others = parts.filter((part) => part.type === 'trak' && !keptHandlers.has(handlerOf(bytes, part)));
  if (others.length === 0) return true;
  // The samples of a fragmented film are told of in other tables.
  if (parts.some(({ type }) => type === 'mvex')) return false;
  const places = others.map((track) => samplesOf(bytes, track));
  if (!places.every((found) => found !== undefined) || !areApart(places, { movie, fileEnd: bytes.length }))
    return false;
  for (const ofTrack of places) for (const { start, end } of ofTrack) bytes.fill(0, start, end);
  for (const track of others) {
    bytes.write('free', track.start + 4, 'latin1');
    bytes.fill(0, track.content, track.end);
  }
  return true;
}

function handlerOf(bytes: Buffer, track: MovieBox): string {
  const handler = findInside(bytes, track, ['mdia', 'hdlr']);
  return handler ? bytes.toString('latin1', handler.content + handlerOffset, handler.content + handlerOffset + 4) : '';
}

function samplesOf(bytes: Buffer, track: MovieBox): Iterable<BytePlace> | undefined {
  const sampleTable = findInside(bytes, track, ['mdia', 'minf', 'stbl']);
  return sampleTable && findSamplePlaces(bytes, sampleTable);
}

/** Overwriting a file a thousand times over, place by place, would keep everybody waiting. */
function areApart(
  places: readonly Iterable<BytePlace>[],
  { movie, fileEnd }: { movie: MovieBox; fileEnd: number },
): boolean {
  let sum = 0;
  for (const ofTrack of places) {
    for (const { start, end } of ofTrack) {
      sum += end - start;
      const isInTables = start < movie.end && end > movie.start && start < end;
      if (end > fileEnd || sum > fileEnd || isInTables) return false;
    }
  }
  return true;
}
