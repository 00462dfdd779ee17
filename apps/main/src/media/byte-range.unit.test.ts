import { expect, test } from '@jest/globals';
import { readByteRange } from './byte-range.ts';

test.each([
  ['the beginning', 'bytes=0-99', { first: 0, last: 99 }],
  ['one byte', 'bytes=0-0', { first: 0, last: 0 }],
  ['the rest', 'bytes=900-', { first: 900, last: 999 }],
  ['the end', 'bytes=-100', { first: 900, last: 999 }],
  ['more than there is', 'bytes=500-5000', { first: 500, last: 999 }],
  ['more from the end than there is', 'bytes=-5000', { first: 0, last: 999 }],
  ['a unit in capitals', 'Bytes=0-99', { first: 0, last: 99 }],
])('reads %s', (_what, header, range) => {
  expect(readByteRange(header, 1000)).toEqual(range);
});

test.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=9-3', 'bytes=0-1,5-6', 'lines=0-9', 'bytes=a-b'])(
  'sends all of it for %p',
  (header) => {
    expect(readByteRange(header, 1000)).toBeUndefined();
  },
);

test.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0'])('cannot give %p', (header) => {
  expect(readByteRange(header, 1000)).toBe('unsatisfiable');
});
