import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { deliveryReportSchema, type DeliveryResult } from '@darkroom/contract';
import { createGuardedClient } from '@darkroom/platform-http';
import { postNotification } from './post-notification.ts';

const servers: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A receiver that may say whatever it likes, also what is no HTTP. */
async function receive(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    socket.once('data', () => answer(socket));
  });
  servers.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Posts to it, and reads the result as `main` does. */
async function post(url: string, { timeoutMs, allow = url }: { timeoutMs?: number; allow?: string } = {}) {
  const client = createGuardedClient({ allowOrigins: [allow] });
  try {
    const message = { kind: 'post', channel: 'webhook', url, headers: {}, body: '{}' } as const;
    return asReported(await postNotification(client, message, timeoutMs));
  } finally {
    await client.close();
  }
}

function asReported(result: DeliveryResult): DeliveryResult {
  const report: unknown = JSON.parse(JSON.stringify({ round: 1, startedAt: new Date().toISOString(), result }));
  return deliveryReportSchema.parse(report).result;
}

const saying = (status: number, ...headers: string[]) =>
  receive((socket) => socket.end([`HTTP/1.1 ${status} X`, 'content-length: 0', ...headers, '', ''].join('\r\n')));
const date = 'Date: Sat, 31 Jan 2026 12:00:00 GMT';

describe('an answer', () => {
  test.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [400, 'failed'],
    [404, 'failed'],
    [410, 'gone'],
    [429, 'failed'],
    [500, 'failed'],
  ])('%i means %s', async (status, kind) => {
    expect(await post(await saying(status))).toMatchObject({ kind, status });
  });

  test.each([301, 302, 303, 307, 308])('%i is a failure, and nobody goes where it points', async (status) => {
    const visits: string[] = [];
    const elsewhere = await receive((socket) => void visits.push(String(socket.remotePort)));
    expect(await post(await saying(status, `Location: ${elsewhere}/`))).toMatchObject({
      kind: 'failed',
      status,
      reason: expect.stringContaining('Redirects are not followed'),
    });
    expect(visits).toEqual([]);
  });

  test.each([
    ['in seconds', '120', 120],
    ['with a date, by its own clock', 'Sat, 31 Jan 2026 12:02:00 GMT', 120],
    ['with a date that is over', 'Sat, 31 Jan 2026 11:00:00 GMT', 0],
    ['with a number of 400 digits', '9'.repeat(400), 31_536_000],
    ['with a date in thousands of years', 'Fri, 31 Dec 9999 23:59:59 GMT', 31_536_000],
  ])('may ask for patience %s', async (_how, header, retryAfterSeconds) => {
    const url = await saying(503, date, `Retry-After: ${header}`);
    expect(await post(url)).toMatchObject({ kind: 'failed', retryAfterSeconds });
  });

  test.each(['Retry-After: soon', 'Retry-After: 1e999', 'Retry-After:'])(
    'asks for nothing where it says %s',
    async (header) => {
      expect(await post(await saying(503, date, header))).not.toHaveProperty('retryAfterSeconds');
    },
  );

  test('is not unpacked: what it says beside its status is not looked at', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    const url = await receive((socket) => {
      socket.write(`HTTP/1.1 200 X\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.end(bomb);
    });
    expect(await post(url)).toEqual({ kind: 'delivered', status: 200 });
  });
});

describe('a receiver', () => {
  /** Writes one piece after another until the connection is gone. */
  const dripping = (pieces: () => string) => (socket: Socket) => {
    const timer = setInterval(() => socket.write(pieces()), 10);
    socket.on('close', () => clearInterval(timer));
  };
  const letters = (text: string) => {
    const left = [...text];
    return () => left.shift() ?? 'x';
  };

  test.each<[string, (socket: Socket) => void]>([
    ['never answers', () => undefined],
    ['says one byte after another', dripping(letters('HTTP/1.1 200 OK\r\nx: '))],
    [
      'goes on and on with small headers',
      (socket) => (socket.write('HTTP/1.1 200 OK\r\n'), dripping(() => 'a: b\r\n')(socket)),
    ],
    ['only says that it goes on', dripping(() => 'HTTP/1.1 103 Early Hints\r\n\r\n')],
  ])('that %s is given up for now', async (_what, answer) => {
    expect(await post(await receive(answer), { timeoutMs: 300 })).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/^127\.0\.0\.1:\d+ took too long$/),
    });
  });

  test.each<[string, (socket: Socket) => void]>([
    ['has headers without end', (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1024 * 1024)}`)],
    ['speaks no HTTP', (socket) => socket.end('220 mail.example ESMTP\r\n')],
    ['hangs up', (socket) => socket.destroy()],
  ])('that %s has failed', async (_what, answer) => {
    expect(await post(await receive(answer))).toMatchObject({ kind: 'failed' });
  });

  test('whose name is as long as an address may be has failed like any other, for a reason that can be reported', async () => {
    const result = await post(`http://${'a.'.repeat(1_015)}example/`);
    expect(result).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/^a\.a\.a/) });
  });

  test('that nobody may reach is never asked, and its path is in no reason', async () => {
    const visits: string[] = [];
    const url = await receive((socket) => void visits.push(String(socket.remotePort)));
    const { reason = '' } = (await post(`${url}/a-secret`, { allow: 'http://127.0.0.1:1' })) as { reason?: string };
    expect(reason).toContain('must not point at a private or reserved address');
    expect(reason).not.toContain('a-secret');
    expect(visits).toEqual([]);
  });
});
