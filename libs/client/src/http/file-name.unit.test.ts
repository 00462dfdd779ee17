import { expect, test } from '@jest/globals';
import { readFileName } from './file-name.ts';

test.each([
  [`attachment; filename="lighthouse.png"`, 'lighthouse.png'],
  [`attachment; filename=lighthouse.png`, 'lighthouse.png'],
  [`attachment; filename="l.png"; filename*=UTF-8''l%C3%B6we-%E6%99%A8%E5%85%89.png`, 'löwe-晨光.png'],
  ['inline', undefined],
  [null, undefined],
])('reads the name in %s', (disposition, name) => {
  expect(readFileName(disposition)).toBe(name);
});
