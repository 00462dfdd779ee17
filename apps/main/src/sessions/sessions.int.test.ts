import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Problem } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import { browse, signIn } from '../../test/browser.ts';
import { configuredKeys, goodBody, testKeys } from '../../test/public-api.ts';
import { asAlpha, ofAlpha, setUpSessions } from '../../test/set-up-sessions.ts';
import type { ConfiguredKey } from '../access/api-keys.schema.ts';

// The last test stops PostgreSQL.
const { api, restartedWith, statusOf, who, withApi } = setUpSessions({ wanted: { postgres: true } });

describe('a session', () => {
  let cookie: string;
  beforeEach(async () => {
    cookie = await signIn(api, testKeys.alpha);
  });

  test('may do what its key may, for its account only', async () => {
    const accepted = await browse(api, '/v1/calls', { method: 'POST', cookie, body: goodBody });
    const { id } = (await accepted.json()) as { id: string };
    const ofBeta = await signIn(api, testKeys.beta);

    expect(accepted.status).toBe(202);
    expect(await who(cookie)).toEqual(ofAlpha);
    for (const path of [`/v1/calls/${id}`, `/v1/calls/${id}/events`]) {
      expect([await statusOf(path, { cookie }), await statusOf(path, { cookie: ofBeta })]).toEqual([200, 404]);
    }
    expect(await statusOf(`/v1/calls/${id}/cancel`, { method: 'POST', cookie: ofBeta })).toBe(404);
  });

  test.each<[string, string | null]>([
    ['without Origin', null],
    ['from another site', 'https://evil.example'],
    ['from another port of this host', 'http://127.0.0.1:1'],
    ['from an opaque origin', 'null'],
    ['from a name that begins like ours', 'own.evil.example'],
  ])('changes nothing for a request %s, and reads as before', async (_name, origin) => {
    const before = await api.countRows('calls');
    const foreign = origin === 'own.evil.example' ? `${api.url}.evil.example` : origin;
    const response = await browse(api, '/v1/calls', { method: 'POST', cookie, origin: foreign, body: goodBody });

    expect([response.status, ((await response.json()) as Problem).code]).toEqual([403, 'foreign_origin']);
    expect(await api.countRows('calls')).toBe(before);
    for (const request of [
      { path: '/v1/tokens', method: 'POST', body: { account: true } },
      { path: '/v1/account/notifications', method: 'PUT', body: {} },
      { path: '/v1/session', method: 'DELETE' },
    ]) {
      expect([request.path, await statusOf(request.path, { ...request, cookie, origin: foreign })]).toEqual([
        request.path,
        403,
      ]);
    }
    expect(await statusOf('/v1/calls', { cookie, headers: foreign === null ? {} : { origin: foreign } })).toBe(200);
  });

  test('is weaker than Authorization: a key acts for its own account and needs no Origin, a wrong one is refused', async () => {
    const asBeta = { authorization: `Bearer ${testKeys.beta}` };
    const call = await browse(api, '/v1/calls', { method: 'POST', cookie, origin: null, body: goodBody, ...asBeta });
    const { id } = (await call.json()) as { id: string };

    expect([await statusOf(`/v1/calls/${id}`, asBeta), await statusOf(`/v1/calls/${id}`, { cookie })]).toEqual([
      200, 404,
    ]);
    expect(await statusOf('/v1/calls', { cookie, authorization: 'Bearer wrong-key' })).toBe(401);
    expect(await statusOf('/v1/calls', { cookie, authorization: '' })).toBe(401);
  });

  test('counts as none beside a second cookie of its name, which somebody else has put there', async () => {
    const other = await signIn(api, testKeys.beta);

    expect([await who(`${cookie}; ${other}`), await who(`${other}; ${cookie}`)]).toEqual([401, 401]);
    expect(await who(`darkroom_session_=x; theme=dark; ${cookie}; xdarkroom_session=y`)).toEqual(ofAlpha);
  });

  test.each<[string, (value: string) => string]>([
    ['one letter of it is changed', (value) => (value.startsWith('A') ? 'B' : 'A') + value.slice(1)],
    ['it is cut', (value) => value.slice(0, -1)],
    ['its hash is sent', (value) => createHash('sha256').update(value).digest('hex')],
    ['it is empty', () => ''],
    ['the key is sent', () => testKeys.alpha],
  ])('is none where %s', async (_name, forge) => {
    expect(await who(`darkroom_session=${forge(cookie.split('=')[1] ?? '')}`)).toBe(401);
  });

  test('is over after its time, and leaves the database with the next one', async () => {
    await api.pool.query(`update sessions set expires_at = now() - interval '1 second' where ended_at is null`);
    expect(await who(cookie)).toBe(401);
    const next = await signIn(api, testKeys.alpha);
    const { rows } = await api.pool.query('select id from sessions where expires_at < now()');

    expect([rows, await who(next)]).toEqual([[], ofAlpha]);
  });

  test('is over where its key is configured no more, or for another account, or the secret of tokens is another', async () => {
    const others: [keys: ConfiguredKey[], secret?: string][] = [
      [configuredKeys.filter(({ accountId }) => accountId !== 'alpha')],
      [[{ accountId: 'alpha', key: 'a-new-key-of-alpha' }]],
      [[{ accountId: 'beta', key: testKeys.alpha }]],
      [configuredKeys, 'another-secret-for-tokens'],
    ];
    for (const [keys, secret] of others)
      await withApi(restartedWith(keys, secret), async (other) => expect(await who(cookie, other)).toBe(401));
    await withApi(restartedWith(configuredKeys), async (other) => expect(await who(cookie, other)).toEqual(ofAlpha));
  });
});

describe('signing out', () => {
  test('ends the session everywhere, removes the cookie, and may be repeated', async () => {
    const cookie = await signIn(api, testKeys.alpha);
    const another = await signIn(api, testKeys.alpha);
    await withApi(restartedWith(configuredKeys), async (other) => {
      expect(await who(cookie, other)).toEqual(ofAlpha);
      for (let time = 0; time < 2; time += 1) {
        const response = await browse(api, '/v1/session', { method: 'DELETE', cookie });
        expect([response.status, response.headers.get('set-cookie')]).toEqual([
          204,
          'darkroom_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
        ]);
      }
      expect([await who(cookie), await who(cookie, other), await who(another)]).toEqual([401, 401, ofAlpha]);
    });
    expect(await statusOf('/v1/session', { method: 'DELETE' })).toBe(204);
  });

  test('ends an event stream that the session opened', async () => {
    const cookie = await signIn(api, testKeys.alpha);
    const headers = { accept: 'text/event-stream' };
    const stream = await browse(api, '/v1/events', { cookie, headers });
    const withKey = await browse(api, '/v1/events', { ...asAlpha, headers });
    await browse(api, '/v1/session', { method: 'DELETE', cookie });

    expect(await stream.text()).toContain('retry: ');
    expect(api.countSubscriptions()).toBe(1);
    await withKey.body?.cancel();
  });
});

test('nothing of a key, a session or a token comes into the log, whatever goes wrong', async () => {
  const filePath = join(api.middleware.directory, 'sessions.log');
  const logger = createLogger({ service: 'main', level: 'trace', json: true, filePath });
  const secrets: string[] = [testKeys.alpha];
  await withApi({ logger }, async (other) => {
    const cookie = await signIn(other, testKeys.alpha);
    const response = await browse(other, '/v1/tokens', { method: 'POST', cookie, body: { account: true } });
    secrets.push(cookie.split('=')[1] ?? '', ((await response.json()) as { token: string }).token);
    await browse(other, `/v1/calls?cursor=${secrets[1]}`, { cookie });
    await api.middleware.postgres.stop();
    expect(await statusOf('/v1/calls', { cookie }, other)).toBe(503);
    expect(await statusOf('/v1/session', { method: 'DELETE', cookie }, other)).toBe(503);
    expect(await statusOf('/v1/session', { method: 'POST', cookie, ...asAlpha }, other)).toBe(503);
    await api.middleware.postgres.start();
  });
  const log = await readFile(filePath, 'utf8');

  expect(log).toContain('"level":"error"');
  expect(secrets.filter((secret) => secret.length < 8 || log.includes(secret))).toEqual([]);
});
