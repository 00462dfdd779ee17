import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { goodBody, type PublicApi, testKeys } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { createApiKeyRing } from './api-key-ring.ts';

const accountOfKey = createApiKeyRing([{ accountId: 'alpha', key: testKeys.alpha }]);
const keyless = setUpPublicApi(() => ({ access: { accountOfKey, requiresKey: false } }));
const keyed = setUpPublicApi();

/** Sends the very bytes, so that no client adds, merges or leaves out a header. */
function send(port: number, lines: string[], body = ''): Promise<{ status: number; head: string; body: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write([...lines, 'Connection: close', '', body].join('\r\n')),
    );
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      const [head = '', answer = ''] = text.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), head: head.toLowerCase(), body: answer });
    });
  });
}

const list = (api: PublicApi, ...headers: string[]) => send(api.port, ['GET /v1/calls HTTP/1.1', ...headers]);

describe('without a key, in development', () => {
  const good: [name: string, headers: (port: number) => string[]][] = [
    ['Host: 127.0.0.1', (port) => [`Host: 127.0.0.1:${port}`]],
    ['Host: localhost in any case', (port) => [`Host: LocalHost:${port}`]],
    ['Host: [::1]', (port) => [`Host: [::1]:${port}`]],
    ['our own Origin', (port) => [`Host: localhost:${port}`, `Origin: http://localhost:${port}`]],
    ['Sec-Fetch-Site: none', (port) => [`Host: localhost:${port}`, 'Sec-Fetch-Site: none']],
    ['Sec-Fetch-Site: same-origin', (port) => [`Host: localhost:${port}`, 'Sec-Fetch-Site: same-origin']],
  ];
  test.each(good)('serves a request with %s', async (_name, headers) => {
    expect((await list(keyless, ...headers(keyless.port))).status).toBe(200);
  });

  const bad: [name: string, headers: (port: number) => string[]][] = [
    ['a name that was rebound to loopback', (port) => [`Host: evil.example:${port}`]],
    ['a name that only begins like ours', (port) => [`Host: localhost.evil.example:${port}`]],
    ['our name with another port', () => ['Host: localhost:1']],
    ['our name without the port', () => ['Host: localhost']],
    ['an address of another loopback spelling', (port) => [`Host: 127.1:${port}`]],
    ['an empty Host', () => ['Host:']],
    ['Forwarded', (port) => [`Host: localhost:${port}`, 'Forwarded: for=1.2.3.4']],
    ['X-Forwarded-For', (port) => [`Host: localhost:${port}`, 'X-Forwarded-For: 127.0.0.1']],
    ['X-Forwarded-Host', (port) => [`Host: localhost:${port}`, 'X-Forwarded-Host: localhost']],
    ['another Origin', (port) => [`Host: localhost:${port}`, 'Origin: https://evil.example']],
    ["another port's Origin", (port) => [`Host: localhost:${port}`, 'Origin: http://localhost:1']],
    ['our Origin over another scheme', (port) => [`Host: localhost:${port}`, `Origin: https://localhost:${port}`]],
    ['Origin: null', (port) => [`Host: localhost:${port}`, 'Origin: null']],
    ['Sec-Fetch-Site: cross-site', (port) => [`Host: localhost:${port}`, 'Sec-Fetch-Site: cross-site']],
    ['Sec-Fetch-Site: same-site', (port) => [`Host: localhost:${port}`, 'Sec-Fetch-Site: same-site']],
    [
      'a second Origin',
      (port) => [`Host: localhost:${port}`, `Origin: http://localhost:${port}`, 'Sec-Fetch-Site: cross-site'],
    ],
  ];
  test.each(bad)('refuses a request with %s', async (_name, headers) => {
    const { status, head, body } = await list(keyless, ...headers(keyless.port));

    expect(status).toBe(401);
    expect(head).toContain('www-authenticate: bearer');
    expect(head).toContain('application/problem+json');
    expect(head).not.toContain('access-control-allow');
    expect(JSON.parse(body)).toMatchObject({ code: 'unauthenticated', retryable: false });
  });

  test('refuses what a hostile page may send without asking: a form, and plain text', async () => {
    const body = JSON.stringify(goodBody);
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const lines = [
        'POST /v1/calls HTTP/1.1',
        `Host: localhost:${keyless.port}`,
        `Content-Type: ${contentType}`,
        `Content-Length: ${body.length}`,
      ];
      expect((await send(keyless.port, lines, body)).status).toBe(415);
    }
    expect(await keyless.countRows('calls')).toBe(0);
  });

  test('answers no preflight', async () => {
    const lines = [
      'OPTIONS /v1/calls HTTP/1.1',
      `Host: localhost:${keyless.port}`,
      'Origin: https://evil.example',
      'Access-Control-Request-Method: POST',
    ];
    const { status, head } = await send(keyless.port, lines);

    expect(status).toBe(404);
    expect(head).not.toContain('access-control-allow');
  });

  test('acts for the account `default`, and with a key for its account, wherever the request comes from', async () => {
    await keyless.submit();
    const withKey = await list(
      keyless,
      'Host: darkroom.example',
      'X-Forwarded-For: 1.2.3.4',
      `Authorization: Bearer ${testKeys.alpha}`,
    );
    const without = await list(keyless, `Host: localhost:${keyless.port}`);

    expect((JSON.parse(withKey.body) as { items: unknown[] }).items).toHaveLength(1);
    expect((JSON.parse(without.body) as { items: unknown[] }).items).toHaveLength(0);
  });

  test('a key that is wrong is refused, also where none is needed', async () => {
    expect((await list(keyless, `Host: localhost:${keyless.port}`, 'Authorization: Bearer wrong')).status).toBe(401);
  });
});

describe('where keys are required', () => {
  test.each([
    ['no key', []],
    ['an empty key', ['Authorization: Bearer ']],
    ['a wrong key', ['Authorization: Bearer key-of-alpho']],
    ['a part of a key', ['Authorization: Bearer key-of-alph']],
    ['another scheme', ['Authorization: Basic key-of-alpha']],
    ['the account instead of its key', ['Authorization: Bearer alpha']],
  ])('refuses a request with %s', async (_name, headers) => {
    const { status, head, body } = await list(keyed, `Host: localhost:${keyed.port}`, ...headers);

    expect(status).toBe(401);
    expect(head).toContain('www-authenticate: bearer');
    expect(body).not.toContain('key-of');
  });

  test('refuses before the body is read, and keeps health and documentation open', async () => {
    const lines = [
      'POST /v1/calls HTTP/1.1',
      `Host: localhost:${keyed.port}`,
      'Content-Type: application/json',
      'Content-Length: 900000',
    ];
    expect((await send(keyed.port, lines, '{')).status).toBe(401);
    for (const path of ['/healthz', '/readyz', '/openapi.json']) {
      expect((await send(keyed.port, [`GET ${path} HTTP/1.1`, `Host: localhost:${keyed.port}`])).status).toBe(200);
    }
  });
});
