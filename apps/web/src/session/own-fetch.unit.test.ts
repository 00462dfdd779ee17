import { expect, test } from '@jest/globals';
import { ownFetch } from './own-fetch.ts';

const to = (path: string, method: string) => new Request(`https://darkroom.example${path}`, { method });

test('what one account asked for and nobody answered is not sent again once another has signed in', async () => {
  const sent: string[] = [];
  let isOwn = true;
  const fetch = ownFetch(
    ({ method, url }) => {
      sent.push(`${method} ${new URL(url).pathname}`);
      return Promise.resolve(Response.json({}));
    },
    { isOwn: () => Promise.resolve(isOwn), isOfAnother: () => !isOwn },
  );
  await fetch(to('/v1/calls', 'POST'));
  isOwn = false;

  await expect(fetch(to('/v1/calls', 'POST'))).rejects.toThrow('another account');
  await expect(fetch(to('/v1/uploads', 'POST'))).rejects.toThrow('another account');
  for (const [path, method] of [
    ['/v1/session', 'POST'],
    ['/v1/session', 'DELETE'],
    ['/v1/tokens', 'POST'],
    ['/v1/calls', 'GET'],
  ] as const)
    await fetch(to(path, method));
  expect(sent).toEqual([
    'POST /v1/calls',
    'POST /v1/session',
    'DELETE /v1/session',
    'POST /v1/tokens',
    'GET /v1/calls',
  ]);
});

test('where nobody is known any more the answer is that nobody is signed in, and nothing is sent', async () => {
  const fetch = ownFetch(() => Promise.reject(new Error('sent')), {
    isOwn: () => Promise.resolve(false),
    isOfAnother: () => false,
  });
  const answer = await fetch(to('/v1/calls', 'POST'));

  expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ code: 'unauthenticated' })]);
});
