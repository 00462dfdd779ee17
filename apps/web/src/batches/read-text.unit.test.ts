import { expect, test } from '@jest/globals';
import { readText } from './read-text.ts';

test('a file is read, and one that is in no encoding that is known is told from one that cannot be read', async () => {
  expect(await readText(new Blob(['a fox']))).toEqual({ kind: 'text', text: 'a fox' });
  expect(await readText(new Blob([Buffer.from([0xba, 0xfc])]))).toEqual({ kind: 'fault', fault: 'encoding' });
  const folder = { arrayBuffer: () => Promise.reject(new DOMException('It is a folder.', 'NotReadableError')) };
  expect(await readText(folder)).toEqual({ kind: 'fault', fault: 'gone' });
});
