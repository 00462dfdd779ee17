import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { newSessionSchema } from '@darkroom/contract';
import { browse, type BrowserRequest, cookieIn, signIn } from '../../test/browser.ts';
import { configuredKeys, goodBody, testKeys } from '../../test/public-api.ts';
import type { Dependencies } from '../../test/set-up-public-api.ts';
import { asAlpha, ofAlpha, setUpSessions, uploads } from '../../test/set-up-sessions.ts';
import { createApiKeyRing } from '../access/api-key-ring.ts';

const { api, statusOf, who, withApi } = setUpSessions();

describe('signing in', () => {
  test('exchanges a key for a cookie that no script reads and no other site sends', async () => {
    const response = await browse(api, '/v1/session', { method: 'POST', ...asAlpha });
    const text = await response.text();
    const { accountId, expiresAt } = newSessionSchema.strict().parse(JSON.parse(text));

    expect([response.status, accountId]).toEqual([201, 'alpha']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('set-cookie')).toMatch(
      /^darkroom_session=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(text).not.toContain(cookieIn(response).split('=')[1]);
    const secondsLeft = (Date.parse(expiresAt) - Date.now()) / 1000;
    expect(secondsLeft).toBeGreaterThan(3500);
    expect(secondsLeft).toBeLessThan(3700);
  });

  test('over TLS gives a cookie that is sent over TLS only and that no other host can set', async () => {
    await withApi({ publicBaseUrl: 'https://darkroom.example.com' }, async (other) => {
      const request = { method: 'POST', origin: 'https://darkroom.example.com' };
      const response = await browse(other, '/v1/session', { ...request, ...asAlpha });
      const cookie = cookieIn(response);

      expect(response.headers.get('set-cookie')).toMatch(
        /^__Host-darkroom_session=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      );
      expect(await who(cookie, other)).toEqual(ofAlpha);
      expect(await who(cookie.replace('__Host-', ''), other)).toBe(401);
      expect(await statusOf('/v1/calls', { ...request, cookie, body: goodBody }, other)).toBe(202);
      expect(await statusOf('/v1/calls', { ...request, origin: other.url, cookie, body: goodBody }, other)).toBe(403);
    });
  });

  test.each<[string, () => Promise<BrowserRequest>]>([
    ['no key', () => Promise.resolve({})],
    ['a wrong key', () => Promise.resolve({ authorization: 'Bearer key-of-alphb' })],
    ['a session instead of a key', async () => ({ cookie: await signIn(api, testKeys.alpha) })],
    [
      "a session's value as the key",
      async () => ({ authorization: `Bearer ${(await signIn(api, testKeys.alpha)).split('=')[1]}` }),
    ],
  ])('with %s is refused, and sets no cookie', async (_name, request) => {
    const response = await browse(api, '/v1/session', { method: 'POST', ...(await request()) });

    expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null]);
  });

  test("from another site's page is refused, although the key is right", async () => {
    const response = await browse(api, '/v1/session', { method: 'POST', origin: 'https://evil.example', ...asAlpha });

    expect([response.status, response.headers.get('set-cookie')]).toEqual([403, null]);
  });

  test('never takes over a value that the browser brought, and ends a session that it brought', async () => {
    const planted = `darkroom_session=${'x'.repeat(43)}`;
    const first = cookieIn(await browse(api, '/v1/session', { method: 'POST', cookie: planted, ...asAlpha }));
    const second = cookieIn(await browse(api, '/v1/session', { method: 'POST', cookie: first, ...asAlpha }));

    expect(new Set([planted, first, second]).size).toBe(3);
    expect(await Promise.all([planted, first, second].map((cookie) => who(cookie)))).toEqual([401, 401, ofAlpha]);
  });

  test('leaves neither the value nor the key in the database', async () => {
    const value = (await signIn(api, testKeys.alpha)).split('=')[1] ?? '';
    const { rows } = await api.pool.query<{ text: string }>(
      `select row_to_json(sessions)::text || encode(value_sha256, 'escape') || encode(key_fingerprint, 'escape') as text from sessions`,
    );
    const stored = rows.map(({ text }) => text).join('\n');

    expect(stored).toContain('"account_id":"alpha"');
    expect(stored).not.toContain(value);
    expect(stored).not.toContain(Buffer.from(value).toString('hex'));
    expect(stored).not.toContain(createHash('sha256').update(testKeys.alpha).digest('hex'));
    expect(stored).not.toContain(testKeys.alpha);
  });
});

describe('where no key is needed', () => {
  const local = { accountId: 'default', signedInBy: 'local', uploads };
  const keyless: Dependencies = {
    access: { accountOfKey: createApiKeyRing(configuredKeys), requiresKey: false },
  };

  test('nobody has to sign in, and a session that is over stands in nobody’s way', async () => {
    const cookie = await signIn(api, testKeys.alpha);
    await withApi(keyless, async (other) => {
      expect([await who('', other), await who(cookie, other)]).toEqual([local, ofAlpha]);
      await browse(other, '/v1/session', { method: 'DELETE', cookie });
      expect(await who(cookie, other)).toEqual(local);
      expect(await statusOf('/v1/calls', { method: 'POST', cookie, body: goodBody }, other)).toBe(202);
    });
  });

  test('a page of another site is refused all the same', async () => {
    await withApi(keyless, async (other) => {
      const headers = { origin: 'https://evil.example' };
      expect(await statusOf('/v1/session', { cookie: 'darkroom_session=x', headers }, other)).toBe(401);
    });
  });
});

test('a page is told how large a file may be here', async () => {
  await withApi({ maxUploadBytes: 1024 * 1024 }, async (other) => {
    const cookie = await signIn(other, testKeys.alpha);
    expect(await who(cookie, other)).toHaveProperty('uploads', {
      maxImageBytes: 1024 * 1024,
      maxVideoBytes: 1024 * 1024,
    });
  });
});
