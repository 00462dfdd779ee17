import { expect, test } from '@jest/globals';
import { movieBox, movieTable } from '../../test/movie-files.ts';
import { eraseUnusedMedia } from './erase-unused-media.ts';

interface Track {
  /** Of each of its samples. */
  sizes?: number[];
  /** Of all of them. */
  size?: number;
  /** One sample each. */
  chunks: number[];
}

const track = ({ sizes = [], size = 0, chunks }: Track) => {
  const tables = [
    movieTable('stsz', size, chunks.length, ...sizes),
    movieTable('stsc', 1, 1, 1, 1),
    movieTable('stco', chunks.length, ...chunks),
  ];
  const media = movieBox('minf', movieBox('stbl', Buffer.concat(tables)));
  return movieBox('trak', movieBox('mdia', media));
};
/** What stands in the two boxes of media afterwards, with a dot for each byte that is overwritten. */
const mediaAfter = (tracks: Track[], ...further: Buffer[]) => {
  const [first, second] = ['AAAA here BBBB', 'there CC'].map((text) => movieBox('mdat', Buffer.from(text)));
  const movie = movieBox('moov', Buffer.concat([...tracks.map(track), ...further]));
  const bytes = Buffer.concat([first ?? movie, second ?? movie, movie]);
  eraseUnusedMedia(bytes);
  expect(bytes.subarray(-movie.length).equals(movie)).toBe(true);
  return [bytes.subarray(8, 22), bytes.subarray(30, 38)].map((part) => part.toString('latin1').replaceAll('\0', '.'));
};

const [a, b, c] = [8, 18, 36];
const untouched = ['AAAA here BBBB', 'there CC'];

test('overwrites what stands between the samples of all tracks, before them and behind them', () => {
  expect(
    mediaAfter([
      { sizes: [4, 2], chunks: [a, c] },
      { sizes: [4], chunks: [b] },
    ]),
  ).toEqual(['AAAA......BBBB', '......CC']);
  expect(mediaAfter([{ sizes: [4], chunks: [b] }])).toEqual(['..........BBBB', '........']);
});

test('keeps samples that overlap, that come in another order than the file, and that are empty', () => {
  expect(mediaAfter([{ sizes: [2, 0, 4, 2], chunks: [c, a, a, a] }])).toEqual(['AAAA..........', '......CC']);
  expect(mediaAfter([{ sizes: [3, 4], chunks: [a + 1, a] }])).toEqual(['AAAA..........', '........']);
});

test('keeps everything where the tables do not tell for certain what belongs to a track', () => {
  const exact = { sizes: [4], chunks: [a] };

  expect(mediaAfter([exact, { size: 1, chunks: [b] }])).toEqual(untouched);
  expect(mediaAfter([exact], movieBox('trak', Buffer.alloc(0)))).toEqual(untouched);
  expect(mediaAfter([exact], movieBox('mvex', Buffer.alloc(0)))).toEqual(untouched);
});

test('takes samples behind the end of the file for no reason to fail', () => {
  expect(mediaAfter([{ sizes: [4, 4_000_000_000], chunks: [a, c] }])).toEqual(['AAAA..........', '......CC']);
});
