import { describe, expect, test } from '@jest/globals';
import { problemSchema } from '@darkroom/contract';
import { badBodies, imageToImage } from './bad-bodies.ts';
import { goodBody } from './public-api.ts';
import { setUpPublicApi } from './set-up-public-api.ts';

const api = setUpPublicApi(() => ({ allowOrigins: ['http://127.0.0.1:3900'] }));

describe('POST /v1/calls refuses', () => {
  test.each(badBodies)(
    '%s, with the path of each fault, and stores nothing',
    async (_name, body, status, code, paths) => {
      const refusal = await api.refused({ body, headers: { 'idempotency-key': 'a-key' } });

      expect(refusal.headers.get('content-type')).toContain('application/problem+json');
      expect(problemSchema.parse(refusal.body)).toMatchObject({ status, code, retryable: false });
      expect(refusal.status).toBe(status);
      expect([...new Set(refusal.body.errors?.map(({ path }) => path))].sort()).toEqual([...paths].sort());
      expect([
        await api.countRows('calls'),
        await api.countRows('events'),
        await api.countRows('idempotency_keys'),
      ]).toEqual([0, 0, 0]);
    },
  );

  test('a disabled integration, saying how to enable it', async () => {
    const refusal = await api.refused({ body: { ...goodBody, integration: 'example' } });

    expect(refusal.body.detail).toContain('Add "example" to ENABLED_INTEGRATIONS');
  });

  test('an unknown integration, naming those that there are', async () => {
    const refusal = await api.refused({ body: { ...goodBody, integration: 'x' } });

    expect(refusal.body.detail).toContain('nanobanana2');
    expect(refusal.body.detail).not.toContain('example');
  });

  test.each([
    ['/v1/calls', '"integration":"nanobanana2","operation":"text-to-image"'],
    ['/v1/requests', '"type":"image"'],
  ])('%s with fields that would be read for seconds, by one fault', async (path, start) => {
    const fields = Array.from({ length: 90_000 }, (_, index) => `"${index}":0`).join();
    const { status, body } = await api.refused({ path, text: `{${start},${fields}}` });
    expect([status, body.errors]).toEqual([422, [{ path: '', message: 'has more than 20000 values' }]]);
  });

  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  const unreadable: [name: string, options: { text: string; contentType?: string }, status: number, code: string][] = [
    [
      'a body over 1 MB',
      { text: JSON.stringify({ ...goodBody, metadata: { a: 'a'.repeat(1024 * 1024) } }) },
      413,
      'too_large',
    ],
    [
      'nesting that no stack can follow',
      { text: `{"integration":"nanobanana2","operation":"text-to-image","input":{"prompt":${deep}}}` },
      422,
      'invalid_request',
    ],
    ['a body that is not JSON', { text: '{"integration":' }, 400, 'malformed_request'],
    ['an empty body', { text: '' }, 400, 'malformed_request'],
    ['a body that changes the prototype', { text: '{"__proto__":{"a":1}}' }, 400, 'malformed_request'],
    [
      'a form',
      { text: 'integration=nanobanana2', contentType: 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
    ],
    [
      'plain text, which a web page may send anywhere',
      { text: JSON.stringify(goodBody), contentType: 'text/plain' },
      415,
      'unsupported_media_type',
    ],
    ['XML', { text: '<call/>', contentType: 'application/xml' }, 415, 'unsupported_media_type'],
  ];

  test.each(unreadable)('%s', async (_name, { text, contentType = 'application/json' }, status, code) => {
    const refusal = await api.refused({ text, headers: { 'content-type': contentType } });

    expect(problemSchema.parse(refusal.body)).toMatchObject({ status, code });
    expect(refusal.status).toBe(status);
    expect(refusal.headers.get('content-type')).toContain('application/problem+json');
    expect(await api.countRows('calls')).toBe(0);
  });

  test('an Idempotency-Key that is too long', async () => {
    const refusal = await api.refused({ body: goodBody, headers: { 'idempotency-key': 'k'.repeat(256) } });

    expect(refusal).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    expect(await api.countRows('calls')).toBe(0);
  });
});

describe('a body that is not UTF-8 is refused wherever JSON is taken, because another character would be used and paid for', () => {
  const image = { type: 'image', prompt: 'a lighthouse at dawn' };
  test.each([
    ['POST', '/v1/calls', goodBody],
    ['POST', '/v1/requests', image],
    ['POST', '/v1/batches', { calls: [goodBody] }],
    ['POST', '/v1/tasks/any_task', { params: { topic: 'at dawn' } }],
    ['PUT', '/v1/account/notifications', { slack: { url: 'https://hooks.example.com/at dawn' } }],
    ['POST', '/v1/account/webhook-secret', { 'at dawn': 1 }],
  ])('%s %s', async (method, path, body) => {
    const text = brokenAt(' dawn', JSON.stringify(body));
    const refusal = await api.refused({ path, method, text });

    expect(problemSchema.parse(refusal.body)).toMatchObject({
      status: 400,
      code: 'malformed_request',
      detail: 'The body is not UTF-8.',
    });
    expect([await api.countRows('calls'), await api.countRows('batches')]).toEqual([0, 0]);
  });

  test('and one with characters of every length, with a byte order mark before them, is taken as it is', async () => {
    const prompt = 'é € 🌊';
    const { body } = await api.submit({ text: `\ufeff${JSON.stringify({ ...goodBody, input: { prompt } })}` });

    expect(body.input).toMatchObject({ prompt });
  });
});

test('accepts an image at a private address whose origin is allowed', async () => {
  const accepted = await api.submit({ body: imageToImage('http://127.0.0.1:3900/files/a.png') });

  expect(accepted.status).toBe(202);
});

describe('an address that leads nowhere', () => {
  const unknownId = 'call_01k3x5c5jyfvhbqm6w8r9c4r3n';
  const badIds = [
    unknownId,
    'call_',
    'x',
    '%00',
    '%zz',
    `${unknownId}x`,
    'art_01k3x5c5jyfvhbqm6w8r9c4r3n',
    'c'.repeat(500),
    "call_' or '1'='1",
  ];

  test('answers malformed and unknown ids alike, whatever is asked of them', async () => {
    const addresses = badIds.flatMap((id) => {
      const path = id.startsWith('%') ? id : encodeURIComponent(id);
      return [
        ['GET', `/v1/calls/${path}`],
        ['GET', `/v1/calls/${path}/events`],
        ...['cancel', 'retry', 'refresh'].map((verb) => ['POST', `/v1/calls/${path}/${verb}`]),
        ['GET', `/v1/artifacts/${path}`],
        ['GET', `/v1/artifacts/${path}/download`],
        ['GET', `/v1/integrations/${path}`],
      ] as [method: string, address: string][];
    });
    const answers = await Promise.all(addresses.map(([method, address]) => api.request(address, { method })));

    expect(answers.flatMap(({ status }, index) => (status === 404 ? [] : [[addresses[index], status]]))).toEqual([]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  const badQueries: [path: string, faultAt: string][] = [
    ['/v1/calls?limit=0', '?limit'],
    ['/v1/calls?limit=many', '?limit'],
    ['/v1/calls?cursor=zzz', '?cursor'],
    ['/v1/calls?status=done', '?status'],
    ['/v1/calls?integration=%00', '?integration'],
    ['/v1/calls?createdAfter=yesterday', '?createdAfter'],
    ['/v1/calls?colour=red', '?'],
    ['/v1/events?after=-1', '?after'],
    ['/v1/events?limit=100000', '?limit'],
    [`/v1/calls/${unknownId}?wait=61`, '?wait'],
  ];

  test.each(badQueries)('refuses %s', async (path, faultAt) => {
    const refusal = await api.refused({ path, method: 'GET' });

    expect(refusal).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    expect(refusal.body.errors?.map(({ path }) => path)).toEqual([faultAt]);
  });
});

/** The text in UTF-8, but for half a character before a part of it. */
function brokenAt(part: string, text: string): Buffer<ArrayBuffer> {
  const index = text.indexOf(part);
  return Buffer.concat([Buffer.from(text.slice(0, index)), Buffer.from([0xe2, 0x82]), Buffer.from(text.slice(index))]);
}
