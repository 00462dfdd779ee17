import { expect, test } from '@jest/globals';
import { type DependencyState, serveHealth } from './serve-health.ts';

test('says that the process is alive, which dependency is away, and its metrics', async () => {
  let temporal: DependencyState = { status: 'down', detail: 'connection refused' };
  const server = await serveHealth({
    host: '127.0.0.1',
    port: 0,
    readiness: () => Promise.resolve({ temporal }),
    metrics: { contentType: 'text/plain; version=0.0.4', metrics: () => Promise.resolve('up 1\n') },
  });
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return [answer.status, await answer.text()];
  };

  expect(await get('/healthz')).toEqual([200, '{"status":"ok"}']);
  expect(await get('/readyz')).toEqual([
    503,
    '{"status":"not_ready","dependencies":{"temporal":{"status":"down","detail":"connection refused"}}}',
  ]);
  temporal = { status: 'up' };
  expect((await get('/readyz'))[0]).toBe(200);
  expect(await get('/metrics')).toEqual([200, 'up 1\n']);
  expect((await get('/other'))[0]).toBe(404);
  await server.close();
});

test('a dependency that is not required may be away, and is shown', async () => {
  const cache: DependencyState = { status: 'down', required: false };
  const server = await serveHealth({
    host: '127.0.0.1',
    port: 0,
    readiness: () => Promise.resolve({ cache, temporal: { status: 'up' } }),
    metrics: { contentType: 'text/plain', metrics: () => Promise.resolve('') },
  });
  const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { status: 'ready', dependencies: { cache, temporal: { status: 'up' } } },
  ]);
  await server.close();
});

test('a readiness check that fails itself is an error, not an answer that all is well', async () => {
  const server = await serveHealth({
    host: '127.0.0.1',
    port: 0,
    readiness: () => Promise.reject(new Error('the check broke')),
    metrics: { contentType: 'text/plain', metrics: () => Promise.resolve('') },
  });
  const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([500, { status: 'failed', reason: 'the check broke' }]);
  await server.close();
});
