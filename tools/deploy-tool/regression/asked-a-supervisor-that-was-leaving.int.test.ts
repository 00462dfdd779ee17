import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { socketPath } from '../src/supervisor/socket-path.ts';
import { createFixtureCheckout, type FixtureCheckout } from '../test/fixture-checkout.ts';

let checkout: FixtureCheckout;
let leaving: Server;

beforeEach(async () => {
  checkout = await createFixtureCheckout();
  const dataDirectory = join(checkout.root, '.darkroom');
  mkdirSync(dataDirectory);
  // As a supervisor does that ends because nothing runs: a connection that came meanwhile is closed before its request is read.
  leaving = createServer((socket) => socket.destroy()).listen(socketPath(dataDirectory));
  await once(leaving, 'listening');
});

afterEach(async () => {
  leaving.close();
  await once(leaving, 'close');
  await checkout.remove();
});

// Both ended with the stack of "The supervisor ended before it answered", although nothing was wrong.
test('down and status take a supervisor that is just leaving for none', async () => {
  expect(await checkout.run(['down'])).toMatchObject({
    code: 0,
    output: expect.stringContaining('Nothing was running'),
  });
  expect(await checkout.status()).toMatchObject({ postgres: { status: 'stopped' }, fixture: { status: 'stopped' } });
});
