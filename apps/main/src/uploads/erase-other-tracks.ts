import { type MovieBox, readBoxes } from './movie-boxes.ts';
import { findSamplePlaces } from './sample-places.ts';

const keptHandlers = new Set(['vide', 'soun']);
const handlerOffset = 8;

/**
 * Overwrites every track that is neither picture nor sound, with its samples, where it stands: cameras and drones keep in such tracks where
 * they were from second to second. False where its samples cannot be found.
 */
export function eraseOtherTracks(bytes: Buffer): boolean {
  const movie = readBoxes(bytes, 0, bytes.length)?.find(({ type }) => type === 'moov');
  if (!movie) return false;
  const parts = readBoxes(bytes, movie.content, movie.end) ?? [];
  const others = parts.filter((part) => part.type === 'trak' && !keptHandlers.has(handlerOf(bytes, part)));
  // The samples of a fragmented film are told of in other tables.
  const isFragmented = parts.some(({ type }) => type === 'mvex');
  return others.length === 0 || (!isFragmented && others.every((track) => eraseTrack(bytes, track)));
}

function handlerOf(bytes: Buffer, track: MovieBox): string {
  const handler = findInside(bytes, track, ['mdia', 'hdlr']);
  return handler ? bytes.toString('latin1', handler.content + handlerOffset, handler.content + handlerOffset + 4) : '';
}

function eraseTrack(bytes: Buffer, track: MovieBox): boolean {
  const sampleTable = findInside(bytes, track, ['mdia', 'minf', 'stbl']);
  const places = sampleTable && findSamplePlaces(bytes, sampleTable);
  if (!places?.every(({ end }) => end <= bytes.length)) return false;
  for (const { start, end } of places) bytes.fill(0, start, end);
  bytes.write('free', track.start + 4, 'latin1');
  bytes.fill(0, track.content, track.end);
  return true;
}

function findInside(bytes: Buffer, box: MovieBox, path: readonly string[]): MovieBox | undefined {
  return path.reduce<MovieBox | undefined>(
    (outer, type) => outer && readBoxes(bytes, outer.content, outer.end)?.find((inner) => inner.type === type),
    box,
  );
}
