import { expect, test } from '@jest/globals';
import { holdToken } from './held-token.ts';

const start = Date.parse('2026-01-31T12:00:00Z');

function counting(now: () => number) {
  let asked = 0;
  const token = holdToken(() => {
    asked += 1;
    const expiresAt = new Date(now() + 300_000).toISOString();
    return Promise.resolve({
      token: `token ${asked}`,
      subject: 'account',
      expiresAt,
      streamUrl: 'http://localhost:3001/v1/stream',
      lastSequence: 0,
    });
  }, now);
  return { token, asked: () => asked };
}

test('asks once for all who want one at the same time, and keeps it', async () => {
  const { token, asked } = counting(() => start);

  const [one, other] = await Promise.all([token.get(), token.get()]);
  expect([one.token, other.token, (await token.get()).token]).toEqual(['token 1', 'token 1', 'token 1']);
  expect(asked()).toBe(1);
});

test('asks anew when the one that it has is about to expire, and when it was dropped', async () => {
  let now = start;
  const { token } = counting(() => now);
  await token.get();
  now += 289_000;
  expect((await token.get()).token).toBe('token 1');
  now += 1_000;
  expect((await token.get()).token).toBe('token 2');
  token.drop();
  expect((await token.get()).token).toBe('token 3');
});

test('asks again after it got none', async () => {
  const answers = [Promise.reject(new Error('main is away')), Promise.resolve('the token')];
  const token = holdToken(async () => {
    const text = (await answers.shift()) ?? 'no more';
    return { token: text, subject: 'account', expiresAt: '2099-01-01T00:00:00Z', streamUrl: '', lastSequence: 0 };
  });

  await expect(token.get()).rejects.toThrow('main is away');
  expect((await token.get()).token).toBe('the token');
});
