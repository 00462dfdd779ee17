import { describe, expect, test } from '@jest/globals';
import { decodeText } from './decode-text.ts';

const text = 'prompt\n一只狐狸, "in snow"\n';
const utf16le = Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('the text of a file', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', utf16le],
    ['UTF-16, big end first', Buffer.from(utf16le).swap16()],
  ])('in %s is read', (_encoding, bytes) => {
    expect(decodeText(bytes)).toBe(text);
  });

  test.each([
    ['GBK', Buffer.from([0xba, 0xfc, 0xc0, 0xea])],
    ['UTF-16 without a mark', Buffer.from('a fox', 'utf16le')],
    ['Latin 1', Buffer.from('caf\u00e9', 'latin1')],
  ])('in %s is not guessed at', (_encoding, bytes) => {
    expect(decodeText(bytes)).toBeUndefined();
  });
});
