import { afterEach, expect, test } from '@jest/globals';
import { accountNewsSchema } from '@darkroom/contract';
import { createEventBus } from './event-bus.ts';
import { newsLines } from './news-lines.ts';

const open: AbortController[] = [];
afterEach(() => open.splice(0).forEach((controller) => controller.abort()));

async function listen(heartbeatSeconds = 600) {
  const bus = createEventBus();
  const leaving = new AbortController();
  open.push(leaving);
  const lines = newsLines(bus, leaving.signal, heartbeatSeconds);
  expect(await lines.next()).toEqual({ done: false, value: '\n' });
  const next = async () => {
    const text = String((await lines.next()).value);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => accountNewsSchema.strict().parse(JSON.parse(line)));
  };
  return { bus, lines, next, leave: () => leaving.abort() };
}

test('tells what this process and others publish, of every account', async () => {
  const { bus, next } = await listen();
  const first = next();
  bus.published('alpha', 3);
  expect(await first).toEqual([{ accountId: 'alpha', lastSequence: 3 }]);
  bus.heard('beta', 7);
  expect(await next()).toEqual([{ accountId: 'beta', lastSequence: 7 }]);
});

test('gathers what happens in one turn, and keeps the newest of each account for a slow reader', async () => {
  const { bus, next } = await listen();
  const first = next();
  for (let sequence = 1; sequence <= 1000; sequence += 1) bus.published('alpha', sequence);
  expect(await first).toEqual([{ accountId: 'alpha', lastSequence: 1000 }]);
  for (let sequence = 1001; sequence <= 3000; sequence += 1) {
    bus.published('alpha', sequence);
    bus.published('beta', sequence);
    await Promise.resolve();
  }
  expect(await next()).toEqual([
    { accountId: 'alpha', lastSequence: 3000 },
    { accountId: 'beta', lastSequence: 3000 },
  ]);
});

test('tells nothing twice, nor what is older', async () => {
  const { bus, next } = await listen();
  bus.published('alpha', 5);
  expect(await next()).toHaveLength(1);
  bus.heard('alpha', 5);
  bus.heard('alpha', 4);
  bus.heard('beta', 1);
  expect(await next()).toEqual([{ accountId: 'beta', lastSequence: 1 }]);
});

test('sends a blank line where nothing happens', async () => {
  const { lines } = await listen(0.01);
  expect(await lines.next()).toEqual({ done: false, value: '\n' });
});

test('ends when it is told to, and hears no more', async () => {
  const { bus, lines, leave } = await listen();
  const last = lines.next();
  leave();
  expect([(await last).done, (await lines.next()).done]).toEqual([false, true]);
  bus.published('alpha', 1);
  expect((await lines.next()).done).toBe(true);
});
