import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createId,
  type Problem,
  streamTokenClaimsSchema,
  streamTokenFacts,
  streamTokenSchema,
  type StreamTokenClaims,
} from '@darkroom/contract';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { jwtVerify } from 'jose';
import { browse, signIn } from '../../test/browser.ts';
import { goodBody, type PublicApi, startPublicApi, testKeys, testTokens } from '../../test/public-api.ts';

let middleware: TestMiddleware;
let api: PublicApi;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true });
  api = await startPublicApi(await middleware.postgres.createDatabase());
});
afterAll(async () => {
  await api.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const ask = (body: unknown, account: keyof typeof testKeys = 'alpha') =>
  api.request('/v1/tokens', { method: 'POST', body, account });
const acceptBatch = async () =>
  (await api.request<{ id: string }>('/v1/batches', { method: 'POST', body: { calls: [goodBody] } })).body.id;

/** What `communication` does with a token. */
async function verify(token: string, secret = testTokens.secret): Promise<StreamTokenClaims> {
  const { algorithm, issuer, audience } = streamTokenFacts;
  const options = { algorithms: [algorithm], issuer, audience };
  return streamTokenClaimsSchema
    .strict()
    .parse((await jwtVerify(token, new TextEncoder().encode(secret), options)).payload);
}

describe('a stream token', () => {
  test('says for whom, for what and until when, signed with the secret that communication knows', async () => {
    const callId = (await api.submit()).body.id;
    const batchId = await acceptBatch();
    const asked: [body: object, subject: string][] = [
      [{ callId }, callId],
      [{ batchId }, batchId],
      [{ account: true }, 'account'],
    ];
    const ids = new Set<string>();
    for (const [body, subject] of asked) {
      const before = Math.floor(Date.now() / 1000);
      const answer = await ask(body);
      const { token, ...rest } = streamTokenSchema.strict().parse(answer.body);
      const claims = await verify(token);
      ids.add(claims.jti);

      expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
      expect(rest).toEqual({
        subject,
        expiresAt: new Date(claims.exp * 1000).toISOString(),
        streamUrl: 'http://localhost:3001/v1/stream',
        lastSequence: (await api.events('/v1/events?limit=1000')).at(-1)?.sequence,
      });
      expect(claims).toMatchObject({ iss: 'darkroom', aud: 'darkroom-stream', sub: 'alpha', subject });
      expect(claims.exp - claims.iat).toBe(testTokens.tokenSeconds);
      expect(claims.iat).toBeGreaterThanOrEqual(before);
      expect(claims).not.toHaveProperty('sid');
      await expect(verify(token, 'another-secret-for-tokens')).rejects.toThrow('signature verification failed');
    }
    expect(ids.size).toBe(3);
  });

  test('of a session names it, and is good no longer than it', async () => {
    const cookie = await signIn(api, testKeys.alpha);
    await api.pool.query(`update sessions set expires_at = now() + interval '100 seconds'`);
    const { rows } = await api.pool.query<{ id: string; expires_at: Date }>('select id, expires_at from sessions');
    const response = await browse(api, '/v1/tokens', { method: 'POST', cookie, body: { account: true } });
    const { token } = streamTokenSchema.parse(await response.json());
    const { sid, exp, sub } = await verify(token);

    expect([sub, sid]).toEqual(['alpha', rows[0]?.id]);
    expect(exp).toBe(Math.floor((rows[0]?.expires_at.getTime() ?? 0) / 1000));
  });

  test('opens no door of main', async () => {
    const { token } = streamTokenSchema.parse((await ask({ account: true })).body);
    const authorization = `Bearer ${token}`;
    for (const path of ['/v1/calls', '/v1/events', '/v1/session'])
      expect((await browse(api, path, { authorization })).status).toBe(401);
    expect((await browse(api, '/v1/tokens', { method: 'POST', authorization, body: { account: true } })).status).toBe(
      401,
    );
    expect((await browse(api, '/v1/session', { method: 'POST', authorization })).status).toBe(401);
    expect((await browse(api, '/v1/calls', { cookie: `darkroom_session=${token}` })).status).toBe(401);
  });

  test('is refused for what is unknown, malformed or another account’s, all alike', async () => {
    const callId = (await api.submit()).body.id;
    const batchId = await acceptBatch();
    const refusals = [
      await ask({ callId }, 'beta'),
      await ask({ batchId }, 'beta'),
      await ask({ callId: createId('call') }),
      await ask({ batchId: createId('bat') }),
      await ask({ callId: batchId }),
      await ask({ batchId: callId }),
      await ask({ callId: 'x' }),
      await ask({ callId: "call_' or 1=1" }),
    ];
    const [first] = refusals;

    for (const { status, body } of refusals) expect([status, body]).toEqual([404, first?.body]);
    expect((first?.body as Problem).code).toBe('not_found');
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['no body', undefined],
    ['two things', { callId: 'call_01', account: true }],
    ['not the account', { account: false }],
    ['an account by name', { account: 'beta' }],
    ['something unknown', { notificationId: 'ntf_01' }],
    ['a time of its own', { account: true, seconds: 86_400 }],
    ['a list', [{ account: true }]],
  ])('is not made where the body asks for %s', async (_name, body) => {
    const { status, body: problem } = await ask(body);

    expect([status, (problem as Problem).code]).toEqual([422, 'invalid_request']);
  });
});
