import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { streamClosings } from '@darkroom/contract';
import { expectNoLeakedProcesses, findFreePort, startService, type TestService, until } from '@darkroom/testing';
import { InMemoryMain, internalToken } from './in-memory-main.ts';
import { StreamClient } from './stream-client.ts';
import { signToken, tokenSecret } from './stream-token.ts';

describe('the process', () => {
  const main = new InMemoryMain();
  let environment: Record<string, string>;
  let port: number;
  const services: TestService[] = [];

  beforeAll(async () => {
    await main.start();
    port = await findFreePort();
    environment = {
      ...{ NODE_ENV: 'test', INTERNAL_TOKEN: internalToken, TOKEN_SECRET: tokenSecret, MAIN_INTERNAL_URL: main.url },
      ...{ COMMUNICATION_PORT: String(port), COMMUNICATION_INTERNAL_PORT: String(await findFreePort()) },
    };
  });

  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop()));
    await main.stop();
    await expectNoLeakedProcesses();
  });

  const start = async (more: Record<string, string> = {}): Promise<TestService> => {
    const entry = 'apps/communication/src/server.ts';
    const service = await startService({ name: 'communication', entry, env: { ...environment, ...more }, port });
    services.push(service);
    return service;
  };

  test('is ready while main answers, shows metrics inside only, and a stop sends every client on to the next one', async () => {
    const service = await start();
    await service.waitUntilReady();
    const client = await StreamClient.connect(service.url);
    await client.subscribe();
    await client.told('subscribed');
    const stream = await fetch(`${service.url}/v1/stream`, {
      headers: { authorization: `Bearer ${await signToken()}` },
    });
    main.append();
    await client.events(1);
    const metrics = await (
      await fetch(`http://127.0.0.1:${environment['COMMUNICATION_INTERNAL_PORT']}/metrics`)
    ).text();
    for (const line of ['events_sent_total{channel="websocket"} 1', 'connections{channel="sse"} 1', 'subscriptions 2'])
      expect(metrics).toContain(`darkroom_stream_${line}`);
    expect(metrics).toMatch(/darkroom_stream_delivery_seconds_count 1/);
    expect((await fetch(`${service.url}/metrics`)).status).toBe(404);

    const exit = service.stop();
    expect(await client.ended()).toEqual({ code: 1001, reason: streamClosings.going_away.reason });
    expect(await stream.text()).toMatch(/event: end\ndata: \{"code":"going_away"/);
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(service.logs()).toContain('stopped');
  });

  test('says that it is not ready while main is away, takes connections, and needs no restart', async () => {
    await main.stop();
    const service = await start();
    await until('it answers', async () => (await fetch(`${service.url}/healthz`).catch(() => undefined))?.ok === true);
    const readiness = await fetch(`${service.url}/readyz`);
    expect([readiness.status, await readiness.json()]).toMatchObject([
      503,
      { status: 'not_ready', dependencies: { main: { status: 'down' } } },
    ]);
    const client = await StreamClient.connect(service.url);
    await client.subscribe();
    await main.start();
    await service.waitUntilReady();

    expect(await client.events(1)).toEqual([1]);
    client.cut();
    expect(await service.stop()).toMatchObject({ code: 0 });
  });

  test('a fault of the configuration ends it with a list of all faults', async () => {
    const service = await start({ TOKEN_SECRET: 'short', STREAM_MAX_CONNECTIONS: 'many' });
    expect((await service.exited).code).toBe(78);
    for (const variable of ['TOKEN_SECRET', 'STREAM_MAX_CONNECTIONS']) expect(service.logs()).toContain(variable);
    expect(service.logs()).not.toContain('short');
  });

  test('a port that is taken is named', async () => {
    const [one] = [await start()];
    await one.waitUntilReady();
    const other = await start({ COMMUNICATION_INTERNAL_PORT: String(await findFreePort()) });
    expect((await other.exited).code).toBe(78);
    expect(other.logs()).toContain('COMMUNICATION_PORT');
  });
});
