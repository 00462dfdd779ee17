import { expect, test } from '@jest/globals';
import { filesGiven } from './files-given.ts';

test('the files of an input are told from its settings', () => {
  const given = filesGiven({
    prompt: 'https://example.org/ as a poster',
    imageSize: '2K',
    returnLastFrame: true,
    tags: ['sea', 'dawn'],
    firstFrame: 'https://example.org/a.png',
    images: [{ uploadId: 'upl_1' }, { artifactId: 'art_1' }],
    referenceVideos: [{ uploadId: 'upl_2' }],
  });

  expect(given).toMatchObject([
    { name: 'firstFrame', isVideo: false, file: { kind: 'url', url: 'https://example.org/a.png' } },
    { name: 'images', isVideo: false, file: { kind: 'upload', uploadId: 'upl_1' } },
    { name: 'images', isVideo: false, file: { kind: 'artifact', artifactId: 'art_1' } },
    { name: 'referenceVideos', isVideo: true, file: { kind: 'upload', uploadId: 'upl_2' } },
  ]);
});
