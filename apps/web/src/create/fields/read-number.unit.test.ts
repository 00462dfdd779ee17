import { expect, test } from '@jest/globals';
import { readNumber } from './read-number.ts';

test.each([
  ['1', 1],
  ['1.05', 1.05],
  ['-0.5', -0.5],
])('%s is a number', (text, number) => {
  expect(readNumber(text)).toBe(number);
});

test.each(['1.', '1.0', '-', '-0', '-0.', '0.50', 'many', 'Infinity', ''])('%j stays as it was typed', (text) => {
  expect(readNumber(text)).toBe(text);
});
