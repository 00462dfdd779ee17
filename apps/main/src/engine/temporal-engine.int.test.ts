import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createId } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import { createEngineWatch } from './engine-watch.ts';
import { createTemporalEngine } from './temporal-engine.ts';

const logger = createLogger({ service: 'main', level: 'silent', json: true });
const sockets = new Set<Socket>();
const server = createServer((socket) => void sockets.add(socket));
let temporal: TemporalClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  temporal = connectClient({ address: `127.0.0.1:${port}`, namespace: 'default', identity: 'test' });
});

afterAll(async () => {
  await temporal.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

describe('a Temporal that takes connections and never answers', () => {
  test('holds a look for as long as the look may take, and says nothing of the call', async () => {
    const given: number[] = [];
    const look = async (withinMilliseconds: number) => {
      const looked = createTemporalEngine(temporal.client).look(createId('call'), { withinMilliseconds });
      await expect(looked).rejects.toThrow();
      given.push(withinMilliseconds);
    };
    await Promise.all([look(1_000), look(500)]);
    expect(given).toEqual([500, 1_000]);
  });

  test('counts as away, and many who ask at once make one request', async () => {
    let requests = 0;
    const engine = createTemporalEngine(temporal.client);
    const watch = createEngineWatch({
      engine: { retentionSeconds: () => ((requests += 1), engine.retentionSeconds()) },
      logger,
    });
    const atOnce = await Promise.all([watch.check(), watch.check(), watch.check()]);
    // Half a second later it would be asked again.
    const afterwards = await watch.check();
    expect([atOnce, afterwards, requests]).toEqual([[false, false, false], false, 1]);
    await expect(watch.ask()).rejects.toThrow();
  });
});
