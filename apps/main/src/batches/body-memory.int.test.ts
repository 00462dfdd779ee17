import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { maxBatchBytes } from '@darkroom/contract';
import fastify from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { until } from '../../test/until.ts';
import { requireAccount } from '../access/access.plugin.ts';
import { createSessionCookie } from '../access/session-cookie.ts';
import type { ApiInstance } from '../api-instance.ts';
import { answerProblems } from '../problems/problems.plugin.ts';
import { receiveBatches } from './batch-bodies.ts';
import { limitBodyMemory } from './body-memory.ts';

let app: ApiInstance;
let gate: PromiseWithResolvers<void>;
/** How many bodies have been given memory. */
let counted = 0;
let working = 0;
let waiting = 0;
let begun: string[] = [];
const sockets: Socket[] = [];

const noSessions = {
  sessions: { find: () => Promise.resolve(undefined) },
  sessionCookie: createSessionCookie(() => 'http://127.0.0.1'),
  isOwnOrigin: () => false,
};

/** Starts the server, with limits that suit the test. */
async function serve(limits: { stallMilliseconds: number; longestMilliseconds: number }): Promise<void> {
  gate = Promise.withResolvers<void>();
  [counted, working, waiting, begun] = [0, 0, 0, []];
  app = fastify({ bodyLimit: maxBatchBytes }).withTypeProvider<ZodTypeProvider>();
  answerProblems(app);
  requireAccount(app, { accountOfKey: (key) => key, requiresKey: true, ...noSessions });
  const memory = limitBodyMemory(app, limits);
  receiveBatches(app, memory);
  app.addHook('onRequest', (_request, _reply, done) => {
    counted += 1;
    done();
  });
  app.post('/held', (request) =>
    memory.during(request, async () => {
      working += 1;
      await gate.promise;
      working -= 1;
      return 'done';
    }),
  );
  app.post('/in-turn', (request) => {
    waiting += 1;
    return memory.inTurn(request, async () => {
      begun.push(request.accountId);
      await gate.promise;
      return 'done';
    });
  });
  app.post('/', (request) => memory.during(request, () => Promise.resolve('done')));
  await app.listen({ host: '127.0.0.1', port: 0 });
}

const untilStalled = { stallMilliseconds: 300, longestMilliseconds: 60_000 };

afterEach(async () => {
  gate.resolve();
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
});

const port = () => Number(new URL(app.listeningOrigin).port);

/** Begins a request whose length it does not tell, so that it counts as 32 MB, and sends so much of its body. */
function begin(
  path: string,
  { account = 'alpha', text, isWhole = true }: { account?: string; text: string; isWhole?: boolean },
) {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${account}`,
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
  ];
  const socket = connect(port(), '127.0.0.1');
  let answer = '';
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => undefined).on('data', (bytes) => (answer += bytes.toString()));
  socket.write(`${head.join('\r\n')}\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n${isWhole ? '0\r\n\r\n' : ''}`);
  sockets.push(socket);
  return { socket, closed, answer: () => answer };
}

const send = async (account: string) => {
  const headers = { authorization: `Bearer ${account}`, 'content-type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port()}/`, { method: 'POST', headers, body: '{"calls":[1]}' });
  await response.text();
  return response.status;
};
/** The server has noticed that a connection is gone. */
const untilLeft = () => {
  const countConnections = () =>
    new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  return until(countConnections, (count) => count === sockets.filter(({ destroyed }) => !destroyed).length);
};
const untilSent = (account: string, status: number) =>
  until(
    () => send(account),
    (answered) => answered === status,
  );

test('a body counts until the work with it has ended, also where its client has left and tries again', async () => {
  await serve(untilStalled);
  const clients = [1, 2].map(() => begin('/held', { text: '{"calls":[1]}' }));
  await until(
    () => working,
    (count) => count === 2,
  );
  expect(await send('alpha')).toBe(503);
  for (const { socket, closed } of clients) {
    socket.destroy();
    await closed;
  }
  // Its own, and those of others while all memory is taken; what the two hold is not free.
  for (let count = 0; count < 10; count += 1) expect(await send('alpha')).toBe(503);
  expect(await send('beta')).toBe(200);
  gate.resolve();
  await untilSent('alpha', 200);
});

test('of two a time, work whose client has left before its turn is not begun', async () => {
  await serve(untilStalled);
  const clients: ReturnType<typeof begin>[] = [];
  for (const account of ['alpha', 'beta', 'gamma', 'delta']) {
    clients.push(begin('/in-turn', { account, text: '{"calls":[1]}' }));
    await until(
      () => waiting,
      (count) => count === clients.length,
    );
  }
  const [, , left, follower] = clients;
  expect(begun).toEqual(['alpha', 'beta']);
  left?.socket.destroy();
  await left?.closed;
  await untilLeft();
  gate.resolve();
  await until(
    () => follower?.answer() ?? '',
    (answer) => answer.startsWith('HTTP/1.1 200'),
  );
  expect(begun).toEqual(['alpha', 'beta', 'delta']);
});

test('a body that does not come is ended, and its memory is free for others', async () => {
  await serve(untilStalled);
  const takeAllMemory = async () => {
    const accounts = ['alpha', 'alpha', 'beta', 'beta'];
    const all = counted + accounts.length;
    const bodies = accounts.map((account) => begin('/', { account, text: '{"calls":', isWhole: false }));
    await until(
      () => counted,
      (count) => count === all,
    );
    return bodies;
  };
  let stalled = await takeAllMemory();
  const untilEnded = () => Promise.all(stalled.map(({ closed }) => closed));
  const sendBeside = async () => {
    // Where this process stands still for a moment, they are ended before anybody else comes.
    if (stalled.some(({ socket }) => socket.destroyed)) {
      await untilEnded();
      stalled = await takeAllMemory();
    }
    return send('gamma');
  };
  await until(sendBeside, (status) => status === 503);
  await untilEnded();
  for (const account of ['alpha', 'beta', 'gamma']) await untilSent(account, 200);
});

test('a body that drips for ever is ended, and one that comes slowly is not', async () => {
  // Whether one takes too long is looked at as often as whether it stalls: the slow one has come long before the first look.
  const longestMilliseconds = 1_500;
  await serve({ stallMilliseconds: 6_000, longestMilliseconds });
  const dripping = begin('/', { text: '{"calls":[', isWhole: false });
  const drip = setInterval(() => dripping.socket.write('2\r\n1,\r\n'), 100);
  const comeSlowly = async () => {
    const begunAt = performance.now();
    const slow = begin('/', { account: 'beta', text: '{"calls":[', isWhole: false });
    for (let drips = 0; drips < 6; drips += 1) {
      await delay(100);
      slow.socket.write('2\r\n1,\r\n');
    }
    slow.socket.write('2\r\n1]\r\n1\r\n}\r\n0\r\n\r\n');
    await until(
      () => slow.answer() !== '' || slow.socket.destroyed,
      (isOver) => isOver,
    );
    return { answer: slow.answer(), tookMilliseconds: performance.now() - begunAt };
  };
  // Where this process stands still meanwhile, it has taken too long as well.
  const slow = await until(comeSlowly, ({ tookMilliseconds }) => tookMilliseconds < longestMilliseconds);
  await dripping.closed;
  clearInterval(drip);
  expect(slow.answer).toMatch(/^HTTP\/1\.1 200/);
  expect(dripping.answer()).not.toMatch(/200/);
});

test('a body that has come is not ended, however long the work with it takes', async () => {
  await serve(untilStalled);
  const held = begin('/held', { text: '{"calls":[1]}' });
  await until(
    () => working,
    (count) => count === 1,
  );
  // As long as others are given.
  for (let count = 0; count < 2; count += 1) await begin('/', { account: 'beta', text: '{', isWhole: false }).closed;
  gate.resolve();
  await until(held.answer, (answer) => answer.startsWith('HTTP/1.1 200'));
});

test('a body that is refused as it is read is not counted any longer', async () => {
  await serve(untilStalled);
  for (let count = 0; count < 5; count += 1) {
    const { socket, answer } = begin('/', { text: '{"calls":[' });
    await until(answer, (text) => text.startsWith('HTTP/1.1 400'));
    socket.destroy();
  }
  await untilSent('alpha', 200);
});
