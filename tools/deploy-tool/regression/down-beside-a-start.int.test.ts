import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFixtureCheckout, type FixtureCheckout } from '../test/fixture-checkout.ts';

let checkout: FixtureCheckout;

beforeEach(async () => {
  checkout = await createFixtureCheckout();
});

afterEach(() => checkout.remove());

// The start went on holding its connection, and with it the supervisor, whose lock `down` then waited for in vain.
test('down in another terminal takes everything down, and ends the start that had brought it up', async () => {
  const start = await checkout.launch(['start']);
  await start.waitFor('Ctrl-C stops everything');

  expect(await checkout.run(['down'])).toMatchObject({
    code: 0,
    output: expect.stringContaining('Everything is down'),
  });

  await start.exited;
  expect(start.output()).toContain('everything was taken down by another command');
  await checkout.untilGone();
});

test('down of one component leaves a start that holds others', async () => {
  const start = await checkout.launch(['start']);
  await start.waitFor('Ctrl-C stops everything');

  expect(await checkout.run(['down', 'fixture'])).toMatchObject({ code: 0 });

  expect(await checkout.status()).toMatchObject({ postgres: { status: 'ready' }, fixture: { status: 'stopped' } });
  expect(start.isRunning()).toBe(true);
  start.signal('SIGTERM');
  expect((await start.exited).code).toBe(0);
});
