import { expect, jest, test } from '@jest/globals';
import fastify from 'fastify';
import { until } from '../../test/until.ts';
import type { DrawThumbnail } from './draw-thumbnail.ts';
import { sendDrawn } from './send-picture.ts';

test('a client that leaves gives its picture up, which is no fault; one that stays is sent its own', async () => {
  const wishes = new Map<string, AbortSignal>();
  const drawThumbnail: DrawThumbnail = ({ objectKey }, { signal }) => {
    wishes.set(objectKey, signal);
    if (objectKey === 'liked') return Promise.resolve(Buffer.from('a picture'));
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  };
  const onError = jest.fn();
  const app = fastify();
  app.setErrorHandler((error) => onError(error));
  app.get<{ Params: { key: string } }>('/:key', ({ params: { key: objectKey } }, reply) => {
    const file = { objectKey, contentType: 'image/png', bytes: 1 };
    return sendDrawn(drawThumbnail, file, { accountId: 'alpha', reply });
  });
  const address = await app.listen({ port: 0 });
  const leaving = new AbortController();
  const unwanted = fetch(`${address}/unwanted`, { signal: leaving.signal });
  const signal = await until(
    () => wishes.get('unwanted'),
    (known) => known !== undefined,
  );
  leaving.abort();
  await expect(unwanted).rejects.toThrow('aborted');
  await until(
    () => signal?.aborted,
    (isAborted) => isAborted === true,
  );
  const picture = await fetch(`${address}/liked`);

  expect([picture.headers.get('content-type'), await picture.text()]).toEqual(['image/jpeg', 'a picture']);
  await app.close();
  expect(onError).not.toHaveBeenCalled();
});
