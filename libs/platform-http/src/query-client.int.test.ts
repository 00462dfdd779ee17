import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createQueryClient, type ProviderQuestion, type QueryClient } from './query-client.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];
const clients: QueryClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A provider at the level of bytes: what it does with each piece of data. */
async function provider(answer: (socket: Socket, data: string) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
    socket.on('data', (data) => answer(socket, data.toString()));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(options: Parameters<typeof createQueryClient>[0] = {}): QueryClient {
  const created = createQueryClient(options);
  clients.push(created);
  return created;
}

const get = (url: string, more: Partial<ProviderQuestion> = {}): ProviderQuestion => ({
  method: 'GET',
  url: `${url}/tasks/7?key=1`,
  headers: { authorization: 'Bearer key' },
  ...more,
});
// Long, so that a machine that stands still for some seconds fails no test.
const limits = { timeoutMs: 50_000 };
const whole = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

test('questions carry what they were given, and share connections', async () => {
  const requests: string[] = [];
  const url = await provider((socket, data) => {
    requests.push(data);
    socket.write(whole);
  });
  const asking = client();
  expect(await asking.ask(get(url), limits)).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json', 'content-length': '2' },
    body: Buffer.from('{}'),
  });
  await asking.ask(get(url, { method: 'POST', body: { ids: [7] } }), limits);
  await asking.ask(get(url, { method: 'DELETE' }), limits);
  for (let question = 0; question < 20; question += 1) await asking.ask(get(url), limits);
  expect(sockets.length).toBeLessThan(10);
  expect(requests[0]).toMatch(/^GET \/tasks\/7\?key=1 HTTP\/1\.1\r\n[^]*authorization: Bearer key/);
  expect(requests[0]).not.toContain('content-type');
  expect(requests[1]).toMatch(/^POST [^]*content-type: application\/json[^]*\{"ids":\[7\]\}$/);
  expect(requests[2]).toMatch(/^DELETE /);
});

test('a redirect is an answer: credentials go nowhere else', async () => {
  const url = await provider((socket) =>
    socket.write('HTTP/1.1 302 Found\r\nLocation: http://other.example/\r\nContent-Length: 0\r\n\r\n'),
  );
  expect((await client().ask(get(url), limits)).status).toBe(302);
});

describe('nothing was sent', () => {
  test('when the connection is refused or the name is not known', async () => {
    const url = await provider(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    for (const address of [url, 'http://provider.invalid'])
      await expect(client().ask(get(address), limits)).rejects.toMatchObject({ stage: 'not_sent' });
  });

  test('when the question is none', async () => {
    await expect(client().ask(get('ftp://a.example'), limits)).rejects.toMatchObject({ stage: 'not_sent' });
    const endless = get('http://127.0.0.1:1', { method: 'POST', body: { count: 1n } });
    await expect(client().ask(endless, limits)).rejects.toMatchObject({ stage: 'not_sent' });
  });
});

describe('no answer came', () => {
  test('when the connection breaks, also one that was used before', async () => {
    let answers = 0;
    const url = await provider((socket) => {
      answers += 1;
      if (answers === 1) socket.write(whole);
      else socket.resetAndDestroy();
    });
    const asking = client();
    await asking.ask(get(url), limits);
    await expect(asking.ask(get(url), limits)).rejects.toMatchObject({ stage: 'after_sending', timedOut: false });
  });

  test('within the time that the question has', async () => {
    const url = await provider(() => undefined);
    await expect(client().ask(get(url), { timeoutMs: 100 })).rejects.toMatchObject({
      stage: 'after_sending',
      timedOut: true,
    });
  });

  test('before it was not waited for any more', async () => {
    const stopping = new AbortController();
    const url = await provider(() => stopping.abort());
    await expect(client().ask(get(url), { ...limits, signal: stopping.signal })).rejects.toMatchObject({
      stage: 'after_sending',
      timedOut: false,
    });
  });
});

test('a longer answer than is taken is told from none, and an error of any length is no answer', async () => {
  const ok = await provider((socket) => socket.write(whole));
  const broken = await provider((socket) => socket.write(whole.replace('200 OK', '502 Bad Gateway')));
  const strict = client({ maxAnswerBytes: 1 });
  await expect(strict.ask(get(ok), limits)).rejects.toMatchObject({ stage: 'answer_too_large' });
  await expect(strict.ask(get(broken), limits)).rejects.toMatchObject({ stage: 'after_sending' });
});
