import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Problem } from '@darkroom/contract';
import sharp from 'sharp';
import { createApiKeyRing } from '../src/access/api-key-ring.ts';
import { countingStore } from './counting-store.ts';
import { testKeys } from './public-api.ts';
import {
  film,
  filmWithLongTable,
  filmWithManyBoxes,
  filmWithTelemetryAt,
  fragmentsWithTelemetry,
  withFrameSize,
} from './movie-files.ts';
import { sendFile, sendForm } from './send-file.ts';
import { setUpStoringApi } from './set-up-storing-api.ts';
import { animation, photo, pngBomb } from './upload-files.ts';

const maxBytes = 40 * 1024 * 1024;
const megabyte = 1024 * 1024;
let stored = 0;
const api = setUpStoringApi(
  (objectStore) => ({ objectStore: countingStore(objectStore, () => (stored += 1)), maxUploadBytes: maxBytes }),
  { wanted: { objectStore: true } },
);
const keyless = setUpStoringApi(() => ({ access: { accountOfKey: createApiKeyRing([]), requiresKey: false } }));

const authorization = { authorization: `Bearer ${testKeys.alpha}` };
const half = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2));
const withoutEnd = (bytes: Buffer) => bytes.subarray(0, bytes.length - 40);
const plain = (size: number) => sharp({ create: { width: size, height: size, channels: 3, background: 'red' } });
const longImage = async () => Buffer.concat([await plain(8).png().toBuffer(), Buffer.alloc(31 * megabyte)]);

const badFiles: [name: string, file: () => Buffer | Promise<Buffer>, status: number, told: RegExp][] = [
  ['an empty file', () => Buffer.alloc(0), 422, /is empty.*Send an image or a video/],
  ['text that is named like an image', () => Buffer.from('not an image'), 422, /of no known type.*convert/],
  ['a page that is named like an image', () => Buffer.from('<!doctype html><script>'), 422, /no known type|text/],
  ['a program', () => readFileSync(process.execPath).subarray(0, 4096), 422, /of type application/],
  ['an SVG', () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 422, /of type .*xml/],
  ['an image of a type that nobody takes', () => plain(8).gif().toBuffer(), 422, /of type image\/gif/],
  ['half a PNG', async () => half(await photo('png')), 422, /damaged or incomplete image\/png.*whole file/],
  ['half a JPEG', async () => half(await photo('jpeg')), 422, /damaged or incomplete image\/jpeg/],
  ['half a WebP', async () => half(await photo('webp')), 422, /damaged or incomplete image\/webp/],
  ['a JPEG without its last bytes', async () => withoutEnd(await plain(64).jpeg().toBuffer()), 422, /damaged/],
  ['the signature of a PNG alone', async () => (await photo('png')).subarray(0, 40), 422, /damaged|no known type/],
  ['half an MP4', () => half(film()), 422, /damaged or incomplete video.*whole file/],
  ['an MP4 of its first box', () => film().subarray(0, 32), 422, /damaged or incomplete video/],
  [
    'an MP4 of two million empty boxes',
    () => filmWithManyBoxes(2_000_000),
    422,
    /damaged.*more than 100000 boxes.*whole file/,
  ],
  [
    'an MP4 with a table of five million places',
    () => filmWithLongTable('stco', { entries: 5_000_000, entryBytes: 4 }),
    422,
    /damaged.*more than 2000000 entries/,
  ],
  [
    'an MP4 whose telemetry is all but the whole file, fifty thousand times over',
    () => filmWithTelemetryAt(16, { samples: 50_000, size: film().length }),
    422,
    /cannot be removed.*Export it anew/,
  ],
  [
    'a fragmented film with a track of telemetry',
    fragmentsWithTelemetry,
    422,
    /may tell where it was taken.*cannot be removed.*Export it anew/,
  ],
  [
    'a video of 72 megapixels',
    () => withFrameSize(film(), 9000, 8000),
    422,
    /video has 9000 × 8000 pixels, more than 64000000.*Scale it down/,
  ],
  [
    'an image of 900 megapixels in 200 bytes',
    () => pngBomb(30_000, 30_000),
    422,
    /30000 × 30000 pixels.*Scale it down/,
  ],
  ['an image of the greatest size that a header holds', () => pngBomb(2 ** 31 - 1, 2 ** 31 - 1), 422, /pixels|damaged/],
  ['an image that lies about its size', () => pngBomb(2000, 2000), 422, /damaged/],
  ['an animation', animation, 422, /animated.*Send one frame/],
  ['an image over 30 MB', longImage, 413, /an image of at most 30 MB/],
  ['anything over the limit', () => Buffer.alloc(maxBytes + 1), 413, /an image or a video of at most 40 MB/],
];

describe('an upload is refused, and nothing of it is stored:', () => {
  test.each(badFiles)('%s', async (_name, file, status, told) => {
    const answer = await sendFile<Problem>(api, await file(), { fileName: 'photo.png', contentType: 'image/png' });

    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(told)]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect([stored, await api.countRows('uploads')]).toEqual([0, 0]);
  });
});

const multipart = (...parts: string[]) => ({
  text: [...parts.map((part) => `--x\r\n${part}\r\n`), '--x--\r\n'].join(''),
  headers: { ...authorization, 'content-type': 'multipart/form-data; boundary=x' },
});
const filePart = 'content-disposition: form-data; name="file"; filename="a.png"\r\n\r\nbytes';
const fieldPart = 'content-disposition: form-data; name="prompt"\r\n\r\na tree';

describe('a body is refused that is', () => {
  const bad: [name: string, body: { text: string; headers: Record<string, string> }, status: number][] = [
    ['without a part', multipart(), 400],
    ['a field without a file', multipart(fieldPart), 400],
    ['two files', multipart(filePart, filePart), 400],
    ['a file and a field', multipart(filePart, fieldPart), 400],
    ['cut off', { ...multipart(), text: `--x\r\n${filePart}` }, 400],
    ['empty', { ...multipart(), text: '' }, 400],
    [
      'multipart without a boundary',
      { text: 'x', headers: { ...authorization, 'content-type': 'multipart/form-data' } },
      400,
    ],
    ['JSON', { text: '{}', headers: { ...authorization, 'content-type': 'application/json' } }, 415],
    ['an image by itself', { text: 'x', headers: { ...authorization, 'content-type': 'image/png' } }, 415],
  ];

  test.each(bad)('%s', async (_name, { text, headers }, status) => {
    const answer = await sendForm<Problem>(api, text, headers);

    expect([answer.status, stored, await api.countRows('uploads')]).toEqual([status, 0, 0]);
    expect(answer.body.detail).toMatch(/Send multipart\/form-data/);
  });
});

describe('where no key is sent', () => {
  const form = async () => {
    const data = new FormData();
    data.set('file', new Blob([new Uint8Array(await photo('png'))]), 'photo.png');
    return data;
  };

  test('a form that another web site could send is refused, and with the header that it could not send it is taken', async () => {
    const refused = await sendForm<Problem>(keyless, await form(), {});
    const taken = await sendForm(keyless, await form(), { 'x-darkroom-upload': '1' });

    expect([refused.status, refused.body.code]).toEqual([401, 'unauthenticated']);
    expect(refused.body.detail).toContain('X-Darkroom-Upload');
    expect([taken.status, await keyless.countRows('uploads')]).toEqual([201, 1]);
  });

  test('a page is refused whatever headers it sends, and so is a stranger where keys are required', async () => {
    const ofAPage = { 'x-darkroom-upload': '1', origin: 'https://evil.example' };

    expect((await sendForm(keyless, await form(), ofAPage)).status).toBe(401);
    expect((await sendForm(api, await form(), { 'x-darkroom-upload': '1' })).status).toBe(401);
  });
});

test('storage that is away is said, and the same file is taken when it is back', async () => {
  const bytes = await photo('png');
  await api.middleware.objectStore.stop();
  const refused = await sendFile<Problem>(api, bytes);
  await api.middleware.objectStore.start();

  expect([refused.status, refused.body.code, refused.body.retryable]).toEqual([503, 'storage_unavailable', true]);
  expect(await api.countRows('uploads')).toBe(0);
  expect((await sendFile(api, bytes)).status).toBe(201);
});
