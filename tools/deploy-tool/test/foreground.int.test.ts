import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
    await checkout.untilGone();
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
      await checkout.untilGone();
    },
  );

  test('Ctrl-C in the middle of coming up leaves no process', async () => {
    const start = await checkout.launch(['start']);
    await start.waitFor('postgres');
    sendSignal(-start.pid, 'SIGINT');
    expect((await start.exited).code).toBe(0);
    await checkout.untilGone();
  });

  test('a fault on the way up takes down what had come up', async () => {
    const { code } = await checkout.run(['start'], { FIXTURE_FAULT: 'the film is missing' });
    expect(code).toBe(1);
    await checkout.untilGone();
  });

  test('a killed supervisor ends the start, and nothing is left', async () => {
    const start = await checkout.launch(['start']);
    await start.waitFor('Ctrl-C stops everything');
    sendSignal(checkout.supervisorPid(), 'SIGKILL');
    expect((await start.exited).code).toBe(1);
    expect(start.output()).toContain('The supervisor has ended');
    await checkout.untilGone();
  });

  test('a second start takes the data of the first, and sets nothing up again', async () => {
    const first = await checkout.launch(['start']);
    await first.waitFor('Ctrl-C stops everything');
    const setUp = whenPostgresWasSetUp();
    sendSignal(first.pid, 'SIGINT');
    await first.exited;
    const second = await checkout.launch(['start']);
    await second.waitFor('Darkroom is ready');
    expect(whenPostgresWasSetUp()).toEqual(setUp);
    sendSignal(second.pid, 'SIGINT');
    await second.exited;
  });
});

describe('serve', () => {
  test('runs a service on its middleware, ends it with one signal, and leaves the middleware up', async () => {
    const serve = await checkout.launch(['serve', 'fixture']);
    expect(await waitUntil(isServiceUp, { timeoutMilliseconds: 40_000 })).toBe(true);
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
    expect(checkout.countPostgresServers()).toBe(1);
    winner?.signal('SIGTERM');
    await winner?.exited;
  });

  test('takes a service over from the background', async () => {
    await checkout.run(['up']);
    const serve = await checkout.launch(['serve', 'fixture']);
    await serve.waitFor('fixture runs here now');
    expect(await waitUntil(isServiceUp, { timeoutMilliseconds: 40_000 })).toBe(true);
    serve.signal('SIGTERM');
    expect((await serve.exited).code).toBe(0);
  });

  test('what a killed serve has left is stopped by down', async () => {
    const serve = await checkout.launch(['serve', 'fixture']);
    expect(await waitUntil(isServiceUp, { timeoutMilliseconds: 40_000 })).toBe(true);
    sendSignal(-serve.pid, 'SIGKILL');
    await serve.exited;
    await checkout.run(['down']);
    await checkout.untilGone();
  });
});

/** `initdb` writes this file, and nobody after it. Below a folder that PostgreSQL's user may not enter, the data are elsewhere. */
function whenPostgresWasSetUp(): { madeAs: number; at: number } {
  const place = join(checkout.root, '.darkroom/postgres');
  const movedTo = join(place, 'moved-to');
  const { ino, mtimeMs } = statSync(join(existsSync(movedTo) ? movedTo : place, 'cluster/PG_VERSION'));
  return { madeAs: ino, at: mtimeMs };
}

function isServiceUp(): Promise<boolean> {
  return fetch(`http://127.0.0.1:${checkout.ports.service}`).then(
    () => true,
    () => false,
  );
}
