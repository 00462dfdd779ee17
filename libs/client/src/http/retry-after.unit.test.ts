import { expect, test } from '@jest/globals';
import { readRetryAfter } from './retry-after.ts';

const now = Date.parse('2026-01-31T12:00:00Z');

test.each([
  ['seconds', '2', 2_000],
  ['a time to come', 'Sat, 31 Jan 2026 12:00:05 GMT', 5_000],
  ['a time that is over', 'Sat, 31 Jan 2026 11:00:00 GMT', 0],
  ['nothing that can be read', 'soon', undefined],
  ['nothing', null, undefined],
])('reads %s', (_what, header, milliseconds) => {
  expect(readRetryAfter(header, now)).toBe(milliseconds);
});
