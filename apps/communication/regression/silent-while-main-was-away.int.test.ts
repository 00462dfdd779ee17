import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@darkroom/testing';
import { type Rig, startRig } from '../test/start-rig.ts';
import { signToken } from '../test/stream-token.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig({}, { away: 300 });
  // Before its first answer it is as if `main` were away.
  await until('main was read', async () => (await fetch(`${rig.url}/readyz`)).ok);
});

afterAll(() => rig.stop());

test('who has had events is told once that main is away, on either way, and again that they follow: each once and in order', async () => {
  rig.main.append({ count: 2 });
  const client = await rig.connect();
  await client.subscribe();
  await client.events(2);
  const ask = async () =>
    fetch(`${rig.url}/v1/stream?after=2`, { headers: { authorization: `Bearer ${await signToken()}` } });
  const stream = await ask();
  expect(stream.status).toBe(200);
  await rig.main.stop();
  rig.main.append({ count: 2 });
  expect(await client.told('error')).toMatchObject({ code: 'log_away', subject: 'account' });
  expect(await stream.text()).toMatch(/event: end\ndata: \{"code":"log_away",.*\}\n\n$/);
  const refused = await ask();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  await rig.main.start();
  const subscribed = () => client.messages.filter(({ type }) => type === 'subscribed');
  await until('it is told that its events follow', () => subscribed().length === 2);

  expect(await client.events(4)).toEqual([1, 2, 3, 4]);
  expect(client.errors()).toHaveLength(1);
});
