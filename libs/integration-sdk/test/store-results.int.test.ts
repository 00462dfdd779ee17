import { readdir } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createId } from '@darkroom/contract';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import sharp from 'sharp';
import type { ProviderResult } from '../src/worker/call-handler.ts';
import type { CallWork } from '../src/worker/call-work.ts';
import { resultBytes } from '../src/worker/result-bytes.ts';
import type { SpooledAnswer } from '../src/worker/spool-container.ts';
import { storeResults } from '../src/worker/store-results.ts';
import { type MediaRig, openMediaRig, serving, sha256, videoFixture } from './media-rig.ts';

let middleware: TestMiddleware;
let rig: MediaRig;
let film: Buffer;
let image: Buffer;

beforeAll(async () => {
  middleware = await startTestMiddleware({ objectStore: true });
  film = await videoFixture('film.mp4');
  image = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
});
beforeEach(async () => {
  rig = await openMediaRig(middleware.objectStore);
  rig.files.set('film', serving(film));
  rig.files.set('image', serving(image));
});
afterEach(() => rig.close());
afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const answerOf = (): SpooledAnswer => ({
  origin: { callId: '', attempt: 1, accountId: '', integration: '', operation: '', workflowId: '', runId: '' },
  response: { status: 200, headers: {}, body: Buffer.from('{}') },
  parts: [],
});
/** An MP4 may end with a box that everybody skips. */
function withRoom(video: Buffer, bytes: number): Buffer {
  const free = Buffer.alloc(bytes);
  free.writeUInt32BE(bytes);
  free.write('free', 4, 'latin1');
  return Buffer.concat([video, free]);
}

const at = (kind: ProviderResult['kind'], name: string, more: object = {}): ProviderResult => ({
  kind,
  url: rig.urlOf(name),
  ...more,
});
const store = (results: ProviderResult[], work: CallWork = rig.work(), answer = answerOf()) =>
  storeResults(work, results, (result) => resultBytes(work, answer, result));

describe('results that are stored', () => {
  test('are a video with its facts, and its last frame as what it is', async () => {
    const stored = await store([at('video', 'film'), at('image', 'image', { role: 'last_frame' })]);
    expect(stored).toMatchObject({
      kind: 'stored',
      artifacts: [
        { contentType: 'video/mp4', width: 160, height: 90, durationSeconds: 2, frameRate: 24, sha256: sha256(film) },
        { contentType: 'image/png', width: 64, height: 48, role: 'last_frame', position: 1 },
      ],
    });
    if (stored.kind !== 'stored') return;
    const [video] = stored.artifacts;
    expect(video).not.toHaveProperty('role');
    expect(video?.objectKey).toMatch(/1-0\.mp4$/);
    expect(Buffer.from((await rig.objectStore.get(video?.objectKey ?? '')) ?? []).equals(film)).toBe(true);
  });

  test('carry the same ids and keys when they are stored again', async () => {
    const work = rig.work();
    expect(await store([at('video', 'film')], work)).toEqual(await store([at('video', 'film')], work));
  });

  test('are the first ones, where the provider makes the file anew for each download', async () => {
    const work = rig.work();
    const first = await store([at('video', 'film')], work);
    rig.files.set('film', serving(withRoom(film, 1000)));
    expect(await store([at('video', 'film')], work)).toEqual(first);
  });

  test('are downloaded with the headers that the provider asks for', async () => {
    await store([at('video', 'film', { headers: { 'x-goog-api-key': 'key' } })]);
    expect(rig.requests[0]?.headers['x-goog-api-key']).toBe('key');
  });

  test('do without a last frame that is gone, away, or no image', async () => {
    rig.files.set('away', (_request, response) => void response.writeHead(503).end());
    for (const name of ['gone', 'away', 'film']) {
      const stored = await store([at('video', 'film'), at('image', name, { role: 'thumbnail' })]);
      expect(stored).toMatchObject({ kind: 'stored', artifacts: [{ contentType: 'video/mp4' }] });
    }
    expect(rig.warnings.filter((warning) => warning === 'a result was left out')).toHaveLength(3);
  });
});

describe('results that are worthless', () => {
  test.each<[string, ProviderResult['kind'], string]>([
    ['a video where an image was promised', 'image', 'film'],
    ['an image where a video was promised', 'video', 'image'],
  ])('are %s', async (_name, kind, name) => {
    const stored = await store([at(kind, name)]);
    expect(stored).toMatchObject({ error: { code: 'provider_response_invalid', retryable: false } });
    expect(stored.kind === 'worthless' && stored.error.message).toContain(`no usable ${kind}`);
  });

  test('are a last frame without its video', async () => {
    const results = [at('video', 'gone'), at('image', 'image', { role: 'last_frame' })];
    expect(await store(results)).toMatchObject({ kind: 'worthless', error: { code: 'result_unavailable' } });
  });

  test('are none at all', async () => {
    expect(await store([])).toMatchObject({ kind: 'worthless', error: { code: 'provider_response_invalid' } });
  });
});

describe('a download', () => {
  test('that fits the spool is kept with the answer, and one that does not is stored all the same', async () => {
    const answer = answerOf();
    await store([at('video', 'film')], rig.work(), answer);
    expect(answer.parts.map(({ bytes }) => bytes.byteLength)).toEqual([film.byteLength]);
    expect(await readdir(rig.spoolDirectory)).toHaveLength(1);

    const large = withRoom(film, 64 * 1024 * 1024);
    rig.files.set('large', serving(large));
    const other = answerOf();
    const stored = await store(
      [at('video', 'large', { role: 'result' })],
      rig.work({ callId: createId('call') }),
      other,
    );
    expect(stored).toMatchObject({ kind: 'stored', artifacts: [{ bytes: large.byteLength, sha256: sha256(large) }] });
    expect(other.parts).toEqual([]);
  });

  test('of more than 256 MB for a video, or 64 MB for an image, is given up', async () => {
    const announcing =
      (bytes: number) =>
      (_request: unknown, response: { writeHead: (...head: unknown[]) => { write(text: string): void } }) =>
        void response.writeHead(200, { 'content-length': bytes }).write('x');
    rig.files.set('film', announcing(256 * 1024 ** 2 + 1) as never);
    rig.files.set('image', announcing(64 * 1024 ** 2 + 1) as never);
    for (const result of [at('video', 'film'), at('image', 'image')])
      expect(await store([result])).toMatchObject({ kind: 'worthless', error: { code: 'provider_response_invalid' } });
  });

  test('of large files is made for a few calls at once', async () => {
    let open = 0;
    let most = 0;
    const work = rig.work({
      guardedHttp: {
        async download() {
          open += 1;
          most = Math.max(most, open);
          await new Promise((resolve) => setImmediate(resolve));
          open -= 1;
          return { kind: 'downloaded', bytes: film };
        },
      },
    });
    await Promise.all(Array.from({ length: 6 }, (_, index) => store([at('video', `film-${index}`)], work)));
    expect(most).toBeLessThanOrEqual(2);
  });
});
