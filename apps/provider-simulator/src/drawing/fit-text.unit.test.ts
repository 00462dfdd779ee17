import { describe, expect, test } from '@jest/globals';
import { fitText } from './fit-text.ts';
import { wrapText } from './wrap-text.ts';

const oneEach = (text: string) => text.length;

describe('wrapText', () => {
  test('breaks between words', () => {
    expect(wrapText('a quick brown fox', 8, oneEach)).toEqual(['a quick', 'brown', 'fox']);
  });

  test('treats line breaks and tabs as blanks', () => {
    expect(wrapText(' a\n\tfox ', 8, oneEach)).toEqual(['a fox']);
  });

  test('breaks a word that is wider than a line', () => {
    expect(wrapText('see abcdefghij now', 4, oneEach)).toEqual(['see', 'abcd', 'efgh', 'ij', 'now']);
  });

  test('gives no line for a text without words', () => {
    expect(wrapText(' \n ', 4, oneEach)).toEqual([]);
  });
});

describe('fitText', () => {
  const box = { width: 100, height: 100, largestSize: 40, smallestSize: 10 };

  test('takes the largest size for a short text', () => {
    expect(fitText('ab', box, oneEach)).toMatchObject({ lines: ['ab'], fontSize: 40 });
  });

  test('shrinks until all lines fit the height', () => {
    const { lines, fontSize, lineHeight } = fitText('aaa bbb ccc ddd eee', box, oneEach);
    expect(fontSize).toBeLessThan(40);
    expect(lines.length * lineHeight).toBeLessThanOrEqual(100);
    expect(lines.join(' ')).toBe('aaa bbb ccc ddd eee');
  });

  test('cuts what does not fit at the smallest size, and shows that it did', () => {
    const { lines, fontSize } = fitText('word '.repeat(100), box, oneEach);
    expect(fontSize).toBe(10);
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toMatch(/…$/);
  });
});
