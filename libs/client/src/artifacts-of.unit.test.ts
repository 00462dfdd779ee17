import { expect, test } from '@jest/globals';
import { artifactsOf } from './artifacts-of.ts';

const artifact = (artifactId: string) => ({ artifactId, contentType: 'image/png', bytes: 3, sha256: 'a'.repeat(64) });

test('finds the artifacts of every kind of output, in their order', () => {
  const output = {
    text: 'Here you are.',
    videos: [artifact('art_1')],
    extras: { lastFrame: artifact('art_2') },
    images: [artifact('art_3'), null],
  };

  expect(artifactsOf({ output }).map(({ artifactId }) => artifactId)).toEqual(['art_1', 'art_2', 'art_3']);
});

test('finds none where there is no output', () => {
  expect(artifactsOf({})).toEqual([]);
});
