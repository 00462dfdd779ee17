import { expect, test } from '@jest/globals';
import { isDownloadPress } from './download-press.ts';

const press = { key: 'd', repeat: false, ctrlKey: false, metaKey: false, altKey: false };

test('D downloads, small or large', () => {
  expect(isDownloadPress(press)).toBe(true);
  expect(isDownloadPress({ ...press, key: 'D' })).toBe(true);
});

test.each([{ altKey: true }, { ctrlKey: true }, { metaKey: true }, { repeat: true }, { key: 'f' }])(
  'a press with %o does not',
  (part) => {
    expect(isDownloadPress({ ...press, ...part })).toBe(false);
  },
);
