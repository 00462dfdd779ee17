import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createProviderClient, type ProviderPost } from './provider-client.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A provider at the level of bytes: what it does with each connection. */
async function provider(behave: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
    behave(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Long where it is not what a test is about, so that a machine that stands still for some seconds fails none. */
const deadlineIn = (milliseconds = 50_000) => ({ deadlineAt: new Date(Date.now() + milliseconds) });
/** Enough for the connection and the request, which come before what does not come any more. */
const shortMs = 2_000;

const send = (url: string, deadlineMs?: number) =>
  createProviderClient().send(
    { url: `${url}/v1/images?key=1`, headers: { authorization: 'Bearer key' }, body: { prompt: 'a lighthouse' } },
    deadlineIn(deadlineMs),
  );

const whole = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Id: 7\r\nContent-Length: 2\r\n\r\n{}';

describe('nothing was sent', () => {
  test('when the connection is refused', async () => {
    const url = await provider(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(send(url)).rejects.toMatchObject({
      stage: 'not_sent',
      timedOut: false,
      message: expect.stringContaining('ECONNREFUSED') as unknown,
    });
  });

  test('when the name is not known', async () => {
    await expect(send('http://provider.invalid')).rejects.toMatchObject({ stage: 'not_sent', timedOut: false });
  });

  test('when TLS fails', async () => {
    const url = await provider((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expect(send(url.replace('http:', 'https:'))).rejects.toMatchObject({ stage: 'not_sent', timedOut: false });
  });

  test.each<[string, Partial<ProviderPost>]>([
    ['the body cannot be encoded', { body: { count: 1n } }],
    ['the address is none', { url: 'not an address' }],
    ['the address is not of the web', { url: 'ftp://provider.invalid/' }],
    ['a header is none', { headers: { authorization: 'two\nlines' } }],
  ])('when %s', async (_name, wrong) => {
    const url = await provider((socket) => socket.end(whole));
    const post = { url, headers: {}, body: {}, ...wrong } as ProviderPost;
    const sending = createProviderClient().send(post, deadlineIn());
    await expect(sending).rejects.toMatchObject({ stage: 'not_sent' });
  });

  test('when the deadline has passed before', async () => {
    let connections = 0;
    const url = await provider(() => (connections += 1));
    await expect(send(url, 0)).rejects.toMatchObject({ stage: 'not_sent', timedOut: true });
    expect(connections).toBe(0);
  });
});

describe('nobody can know', () => {
  test('when it is reset in the middle of the request', async () => {
    const url = await provider((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const body = { image: 'A'.repeat(20 * 1024 * 1024) };
    await expect(createProviderClient().send({ url, headers: {}, body }, deadlineIn())).rejects.toMatchObject({
      stage: 'after_sending',
      timedOut: false,
    });
  });

  test('when it is reset after the request', async () => {
    const url = await provider((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await expect(send(url)).rejects.toMatchObject({ stage: 'after_sending', timedOut: false });
  });

  test('when it is closed in good order without an answer', async () => {
    const url = await provider((socket) => socket.once('data', () => socket.end()));
    await expect(send(url)).rejects.toMatchObject({ stage: 'after_sending', timedOut: false });
  });

  test('when it breaks in the middle of the answer', async () => {
    const url = await provider((socket) => socket.once('data', () => socket.end(whole.slice(0, -1))));
    await expect(send(url)).rejects.toMatchObject({ stage: 'after_sending', timedOut: false });
  });

  test('when there is no answer until the deadline', async () => {
    const url = await provider((socket) => socket.resume());
    await expect(send(url, shortMs)).rejects.toMatchObject({ stage: 'after_sending', timedOut: true });
  });

  test('when the answer is not whole at the deadline', async () => {
    const url = await provider((socket) => socket.once('data', () => socket.write(whole.slice(0, -1))));
    await expect(send(url, shortMs)).rejects.toMatchObject({ stage: 'after_sending', timedOut: true });
  });

  test('when an answer that is no success is larger than we take', async () => {
    const error = whole.replace('200 OK', '502 Bad Gateway');
    await expect(sendForOneByte(error)).rejects.toMatchObject({ stage: 'after_sending' });
  });
});

test('a success that is larger than we take was sent, and taken', async () => {
  await expect(sendForOneByte(whole)).rejects.toMatchObject({ stage: 'answer_too_large', timedOut: false });
});

async function sendForOneByte(answer: string) {
  const url = await provider((socket) => socket.once('data', () => socket.end(answer)));
  return createProviderClient({ maxAnswerBytes: 1 }).send({ url, headers: {}, body: {} }, deadlineIn());
}

test('an answer comes back as it is, whatever its status, and each request has a connection of its own', async () => {
  const requests: string[] = [];
  const url = await provider((socket) =>
    socket.once('data', (data) => {
      requests.push(data.toString());
      socket.write(whole.replace('200 OK', '503 Service Unavailable'));
    }),
  );
  const answer = await send(url);
  expect(answer).toEqual({
    status: 503,
    headers: { 'content-type': 'application/json', 'x-id': '7', 'content-length': '2' },
    body: Buffer.from('{}'),
  });
  await send(url);
  expect(requests).toHaveLength(2);
  expect(requests[0]).toContain('POST /v1/images?key=1 HTTP/1.1');
  expect(requests[0]).toContain('content-type: application/json');
  expect(requests[0]).toContain('{"prompt":"a lighthouse"}');
});

test('a redirect is an answer: a paid request is not sent twice', async () => {
  let connections = 0;
  const url = await provider((socket) => {
    connections += 1;
    socket.once('data', () =>
      socket.end('HTTP/1.1 307 Temporary Redirect\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n'),
    );
  });
  expect((await send(url)).status).toBe(307);
  expect(connections).toBe(1);
});

test('a form goes out as multipart with its length', async () => {
  const received: Buffer[] = [];
  const url = await provider((socket) =>
    socket.on('data', (data) => {
      received.push(data);
      if (Buffer.concat(received).includes('--\r\n')) socket.end(whole);
    }),
  );
  await createProviderClient().send(
    {
      url,
      headers: {},
      form: [
        { name: 'prompt', text: 'a lighthouse' },
        { name: 'image[]', fileName: '1.png', contentType: 'image/png', bytes: Buffer.from([0, 255, 13, 10]) },
      ],
    },
    deadlineIn(),
  );
  const [head = '', body = ''] = Buffer.concat(received)
    .toString('latin1')
    .split(/\r\n\r\n([^]*)/);
  expect(head).toMatch(/content-length: \d+/);
  const form = await new Response(Buffer.from(body, 'latin1'), {
    headers: { 'content-type': /content-type: (.*)/.exec(head)?.[1] ?? '' },
  }).formData();
  expect(form.get('prompt')).toBe('a lighthouse');
  const file = form.get('image[]') as File;
  expect([file.name, file.type, Buffer.from(await file.arrayBuffer())]).toEqual([
    '1.png',
    'image/png',
    Buffer.from([0, 255, 13, 10]),
  ]);
});
