import { expect, test } from '@jest/globals';
import { isTextPaste } from './text-paste.ts';

test('cells of a spreadsheet are text where text is typed, whatever picture comes along', () => {
  const cells = ['text/plain', 'text/html', 'text/rtf', 'Files'];

  expect(isTextPaste(cells, true)).toBe(true);
  expect(isTextPaste(cells, false)).toBe(false);
});

test.each([
  ['a file', ['text/plain', 'Files']],
  ['an image of a page', ['text/html', 'Files']],
  ['a picture of the screen', ['Files']],
])('%s is a file everywhere', (_what, types) => {
  expect(isTextPaste(types, true)).toBe(false);
});
