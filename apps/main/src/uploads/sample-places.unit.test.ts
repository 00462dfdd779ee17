import { expect, test } from '@jest/globals';
import { readBoxes } from './movie-boxes.ts';
import { findSamplePlaces } from './sample-places.ts';

const uint32 = (...values: number[]) =>
  Buffer.concat(values.map((value) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex')));
const box = (type: string, content: Buffer) => Buffer.concat([uint32(content.length + 8), Buffer.from(type), content]);
const table = (type: string, ...numbers: number[]) => box(type, uint32(0, ...numbers));
const placesIn = (...tables: Buffer[]) => {
  const bytes = box('stbl', Buffer.concat(tables));
  const [sampleTable] = readBoxes(bytes, 0, bytes.length) ?? [];
  const places = sampleTable && findSamplePlaces(bytes, sampleTable);
  return places && [...places];
};

// The first two chunks hold two samples each, every later one holds one.
const runs = table('stsc', 2, 1, 2, 1, 3, 1, 1);

test('finds each chunk with the sizes of its own samples', () => {
  const places = placesIn(runs, table('stsz', 0, 5, 10, 20, 30, 40, 50), table('stco', 3, 1000, 2000, 3000));

  expect(places).toEqual([
    { start: 1000, end: 1030 },
    { start: 2000, end: 2070 },
    { start: 3000, end: 3050 },
  ]);
});

test('knows samples of one size, and places behind four gigabytes', () => {
  const places = placesIn(runs, table('stsz', 7, 4), table('co64', 2, 1, 0, 1, 500));

  expect(places).toEqual([
    { start: 2 ** 32, end: 2 ** 32 + 14 },
    { start: 2 ** 32 + 500, end: 2 ** 32 + 514 },
  ]);
});

test('takes no more samples and chunks than there are, whatever a table claims', () => {
  expect(placesIn(table('stsc', 1, 1, 4_000_000_000, 1), table('stsz', 0, 2, 10, 20), table('stco', 9, 100))).toEqual([
    { start: 100, end: 130 },
  ]);
  expect(placesIn(runs, table('stsz', 0, 0))).toBeUndefined();
});
