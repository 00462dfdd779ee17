import { createId, uploadKey } from '@darkroom/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import sharp from 'sharp';
import type { MediaField } from '../src/index.ts';
import { fetchInputMedia } from '../src/worker/fetch-input-media.ts';
import { createLinks } from '../src/worker/index.ts';
import { type MediaParts, type MediaRig, openMediaRig, serving, videoFixture } from './media-rig.ts';

let middleware: TestMiddleware;
let rig: MediaRig;
let image: Buffer;

beforeAll(async () => {
  middleware = await startTestMiddleware({ objectStore: true });
  image = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
});
beforeEach(async () => {
  rig = await openMediaRig(middleware.objectStore);
  rig.files.set('image', serving(image));
});
afterEach(() => rig.close());
afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

async function upload(bytes: Uint8Array, accountId = 'default') {
  const uploadId = createId('upl');
  await rig.objectStore.put({ key: uploadKey({ prefix: 'artifacts', accountId, uploadId }), bytes });
  return { uploadId };
}

const inline = (kind: MediaField['kind'] = 'image'): MediaField => ({ kind, sentAs: 'inline' });
const asUrl: MediaField = { kind: 'image', sentAs: 'url' };
const fetching = (
  input: Record<string, unknown>,
  mediaFields: Record<string, MediaField>,
  more: Partial<MediaParts> = {},
) => fetchInputMedia(rig.work({ mediaFields, ...more }), input);

describe('files that are sent as they are', () => {
  test('come from addresses and from uploads, in their order, with the type of their content', async () => {
    const film = await videoFixture('film.webm');
    rig.files.set('film.jpg', serving(film));
    const media = await fetching(
      { images: [rig.urlOf('image'), await upload(image)], clip: rig.urlOf('film.jpg'), prompt: 'a lighthouse' },
      { images: inline(), clip: inline('video'), mask: inline() },
    );
    expect(media).toEqual({
      kind: 'ready',
      images: [
        { field: 'images', contentType: 'image/jpeg', bytes: image },
        { field: 'images', contentType: 'image/jpeg', bytes: new Uint8Array(image) },
        { field: 'clip', contentType: 'video/webm', bytes: film },
      ],
      mediaUrls: [],
    });
  });

  test('are refused with their place in the input where they are not what the field takes', async () => {
    const film = await upload(await videoFixture('film.mp4'));
    expect(await fetching({ images: [rig.urlOf('image'), film] }, { images: inline() })).toEqual({
      kind: 'unusable',
      reason: '/input/images/1: The file is of type video/mp4; PNG, JPEG, WebP, GIF and AVIF are images.',
    });
    expect(await fetching({ clip: rig.urlOf('image') }, { clip: inline('video') })).toMatchObject({
      kind: 'unusable',
      reason: expect.stringMatching(/^\/input\/clip: The file is of type image\/jpeg/) as unknown,
    });
  });

  test('are refused before anything is paid where the provider takes no such file', async () => {
    const field: MediaField = {
      kind: 'image',
      sentAs: 'inline',
      limits: { contentTypes: ['image/jpeg'], minSide: 300 },
    };
    expect(await fetching({ image: rig.urlOf('image') }, { image: field })).toEqual({
      kind: 'unusable',
      reason: expect.stringMatching(/^\/input\/image: .*64 × 48 pixels: each side has to have 300 pixels/) as unknown,
    });
  });

  test('that are not stored any more, or belong to another account, are told apart from none', async () => {
    for (const reference of [{ uploadId: createId('upl') }, await upload(image, 'other')]) {
      expect(await fetching({ image: reference }, { image: inline() })).toEqual({
        kind: 'unusable',
        reason: `/input/image: The upload ${reference.uploadId} is not stored any more. Upload the file again.`,
      });
    }
  });

  test('come from artifacts of the account, wherever main says that they are', async () => {
    const artifactId = createId('art');
    const objectKey = 'artifacts/default/call_1/1-0.jpg';
    await rig.objectStore.put({ key: objectKey, bytes: image });
    const asked: unknown[] = [];
    const findArtifact: MediaParts['findArtifact'] = (...question) => {
      asked.push(question);
      return Promise.resolve({ objectKey });
    };
    expect(await fetching({ image: { artifactId } }, { image: inline() }, { findArtifact })).toMatchObject({
      kind: 'ready',
      images: [{ field: 'image', contentType: 'image/jpeg', bytes: new Uint8Array(image) }],
    });
    expect(asked).toEqual([['default', artifactId]]);
  });

  test('that were artifacts once are told apart from those that cannot be looked up now', async () => {
    const reference = { artifactId: createId('art') };
    const places: [findArtifact: MediaParts['findArtifact'], outcome: object][] = [
      [() => Promise.resolve({ objectKey: null }), { kind: 'unusable' }],
      [() => Promise.resolve({ objectKey: 'artifacts/default/removed.png' }), { kind: 'unusable' }],
      [() => Promise.reject(new Error('main is away')), { kind: 'storage_away', reason: '/input/image: main is away' }],
    ];
    for (const [findArtifact, outcome] of places)
      expect(await fetching({ image: reference }, { image: inline() }, { findArtifact })).toMatchObject(outcome);
  });

  test('that are too large are not read', async () => {
    const large = await upload(Buffer.alloc(30 * 1024 * 1024 + 1));
    expect(await fetching({ image: large }, { image: inline() })).toEqual({
      kind: 'unusable',
      reason: '/input/image: The file is larger than the 31457280 bytes that can be sent inline.',
    });
  });

  test('that are too large together would make a request that providers do not take', async () => {
    const padded = await upload(Buffer.concat([image, Buffer.alloc(23 * 1024 * 1024)]));
    expect(await fetching({ images: [padded] }, { images: inline() })).toMatchObject({ kind: 'ready' });
    expect(await fetching({ images: [padded, padded] }, { images: inline() })).toEqual({
      kind: 'unusable',
      reason: '/input/images/1: With this file they are larger than 47185920 bytes together.',
    });
  });

  test('wait for a storage that is away', async () => {
    const reference = await upload(image);
    await middleware.objectStore.stop();
    const media = await fetching({ image: reference }, { image: inline() });
    await middleware.objectStore.start();
    expect(media.kind).toBe('storage_away');
    expect(await fetching({ image: reference }, { image: inline() })).toMatchObject({ kind: 'ready' });
  });

  test('are named by an address of the web or by an upload', async () => {
    for (const value of ['file:///etc/passwd', 'data:image/png;base64,AAAA', 7, { url: 'https://a.example' }]) {
      expect(await fetching({ image: value }, { image: inline() })).toMatchObject({
        kind: 'unusable',
        reason: expect.stringContaining('/input/image: must be an http or https URL') as unknown,
      });
    }
  });

  test('are never fetched from this machine', async () => {
    expect(await fetching({ image: 'http://127.0.0.1:1/a.png' }, { image: inline() })).toMatchObject({
      kind: 'unusable',
      reason: expect.stringContaining('private or reserved address') as unknown,
    });
    expect(rig.requests).toEqual([]);
  });
});

describe('files that the provider fetches', () => {
  const links = createLinks({ baseUrl: 'https://darkroom.example', secret: 'a-secret-of-the-test' });

  test("are the user's own addresses as they are, and signed ones for uploads, until an hour after the deadline", async () => {
    const reference = await upload(image);
    const address = 'https://images.example/a.png?signature=1';
    const media = await fetching({ first: address, last: [reference] }, { first: asUrl, last: asUrl }, { links });
    expect(media).toMatchObject({
      kind: 'ready',
      images: [],
      mediaUrls: [{ field: 'first', url: address }, { field: 'last' }],
    });
    const url = new URL(media.kind === 'ready' ? (media.mediaUrls[1]?.url ?? '') : '');
    expect(`${url.origin}${url.pathname}`).toBe(`https://darkroom.example/media/${reference.uploadId}`);
    const remainingSeconds = Number(url.searchParams.get('expires')) - Date.now() / 1000;
    expect(remainingSeconds).toBeGreaterThan(60 + 3500);
    expect(remainingSeconds).toBeLessThanOrEqual(60 + 3600);
    expect(rig.requests).toEqual([]);
  });

  test('cannot be uploads where the provider cannot reach us, and what to configure is said', async () => {
    const media = await fetching({ first: await upload(image) }, { first: asUrl });
    expect(media).toMatchObject({
      kind: 'unusable',
      reason: expect.stringMatching(/^\/input\/first: .*Set PUBLIC_BASE_URL/) as unknown,
    });
  });
});
