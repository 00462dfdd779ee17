import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sendSignal } from '../src/process/send-signal.ts';
import { waitUntil } from '../src/process/wait-until.ts';
import { createFixtureCheckout, type FixtureCheckout } from './fixture-checkout.ts';

let checkout: FixtureCheckout;

beforeEach(async () => {
  checkout = await createFixtureCheckout();
});

afterEach(() => checkout.remove());

describe('start', () => {
  test('ends with a summary, and Ctrl-C leaves no process', async () => {
    const start = await checkout.launch(['start']);
    await start.waitFor('Ctrl-C stops everything');
    expect(start.output()).toContain(`Fixture     http://localhost:${checkout.ports.service}`);
    expect(start.output()).toContain(`Try: curl localhost:${checkout.ports.service}`);

    // A terminal sends the signal to the whole foreground group: the bin and the command behind it.
    sendSignal(-start.pid, 'SIGINT');
    expect(await start.exited).toEqual({ code: 0, signal: null });
    await expectNoProcess();
    expect(checkout.journal().filter((line) => line.startsWith('SIG'))).toEqual(['SIGTERM']);
  });

  test('stops only what it has started', async () => {
    await checkout.run(['up', 'postgres']);
    const start = await checkout.launch(['start']);
    await start.waitFor('Ctrl-C stops everything');
    sendSignal(start.pid, 'SIGTERM');
    expect((await start.exited).code).toBe(0);
    expect(await checkout.status()).toMatchObject({ postgres: { status: 'ready' }, fixture: { status: 'stopped' } });
  });

  test.each(['SIGKILL to the whole group', 'SIGKILL to the outer process alone'])(
    'leaves no process after %s',
    async (how) => {
      const start = await checkout.launch(['start']);
      await start.waitFor('Ctrl-C stops everything');
      sendSignal(how.includes('group') ? -start.pid : start.pid, 'SIGKILL');
      await expectNoProcess();
    },
  );

  test('Ctrl-C in the middle of coming up leaves no process', async () => {
    const start = await checkout.launch(['start']);
    await start.waitFor('postgres');
    sendSignal(-start.pid, 'SIGINT');
    expect((await start.exited).code).toBe(0);
    await expectNoProcess();
  });

  test('a fault on the way up takes down what had come up', async () => {
    const { code } = await checkout.run(['start'], { FIXTURE_FAULT: 'the film is missing' });
    expect(code).toBe(1);
    await expectNoProcess();
  });

  test('a killed supervisor ends the start, and nothing is left', async () => {
    const start = await checkout.launch(['start']);
    await start.waitFor('Ctrl-C stops everything');
    sendSignal(checkout.supervisorPid(), 'SIGKILL');
    expect((await start.exited).code).toBe(1);
    expect(start.output()).toContain('The supervisor has ended');
    await expectNoProcess();
  });

  test('a second start on the same data is ready in less than ten seconds', async () => {
    const first = await checkout.launch(['start']);
    await first.waitFor('Ctrl-C stops everything');
    sendSignal(first.pid, 'SIGINT');
    await first.exited;
    const startedAt = performance.now();
    const second = await checkout.launch(['start']);
    await second.waitFor('Darkroom is ready');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    sendSignal(second.pid, 'SIGINT');
    await second.exited;
  });
});

describe('serve', () => {
  test('runs a service on its middleware, ends it with one signal, and leaves the middleware up', async () => {
    const serve = await checkout.launch(['serve', 'fixture']);
    expect(await waitUntil(isServiceUp, { timeoutMilliseconds: 20_000 })).toBe(true);
    expect(await checkout.status()).toMatchObject({
      postgres: { status: 'ready' },
      fixture: {
        ...{ status: 'served', pid: expect.any(Number), problem: null },
        addresses: { Fixture: `http://localhost:${checkout.ports.service}` },
      },
    });
    sendSignal(-serve.pid, 'SIGINT');
    expect((await serve.exited).code).toBe(0);
    expect(checkout.journal().filter((line) => line.startsWith('SIG'))).toEqual(['SIGTERM']);
    expect(await checkout.status()).toMatchObject({ postgres: { status: 'ready' }, fixture: { status: 'stopped' } });
  });

  test('two at the same time start one PostgreSQL, and only one serves', async () => {
    const both = await Promise.all([checkout.launch(['serve', 'fixture']), checkout.launch(['serve', 'fixture'])]);
    const loser = await Promise.race(both.map((serve) => serve.exited.then(() => serve)));
    const winner = both.find((serve) => serve !== loser);
    expect(loser.output()).toContain('fixture is already served from this checkout');
    expect(checkout.processes().filter((line) => line.includes('/bin/postgres -D'))).toHaveLength(1);
    winner?.signal('SIGTERM');
    await winner?.exited;
  });

  test('takes a service over from the background', async () => {
    await checkout.run(['up']);
    const serve = await checkout.launch(['serve', 'fixture']);
    await serve.waitFor('fixture runs here now');
    expect(await waitUntil(isServiceUp, { timeoutMilliseconds: 20_000 })).toBe(true);
    serve.signal('SIGTERM');
    expect((await serve.exited).code).toBe(0);
  });

  test('what a killed serve has left is stopped by down', async () => {
    const serve = await checkout.launch(['serve', 'fixture']);
    expect(await waitUntil(isServiceUp, { timeoutMilliseconds: 20_000 })).toBe(true);
    sendSignal(-serve.pid, 'SIGKILL');
    await serve.exited;
    await checkout.run(['down']);
    await expectNoProcess();
  });
});

async function expectNoProcess(): Promise<void> {
  await waitUntil(() => checkout.processes().length === 0, { timeoutMilliseconds: 15_000 });
  expect(checkout.processes()).toEqual([]);
}

function isServiceUp(): Promise<boolean> {
  return fetch(`http://127.0.0.1:${checkout.ports.service}`).then(
    () => true,
    () => false,
  );
}
