import { afterEach, expect, test } from '@jest/globals';
import { findFreePort } from '@darkroom/deploy-tool';
import { expectNoLeakedProcesses } from './leaked-processes.ts';
import { startService } from './start-service.ts';

const entry = 'libs/testing/test/fixture-service.ts';

afterEach(expectNoLeakedProcesses);

test('a service answers when it is ready, and its logs outlive a graceful stop', async () => {
  const port = await findFreePort();
  const service = await startService({ name: 'fixture', entry, port, env: { PORT: String(port) } });
  await service.waitUntilReady();
  expect(await (await fetch(service.url)).text()).toBe('ready');
  expect(await service.stop()).toEqual({ code: 0, signal: null });
  expect(service.logs()).toBe('listening\nstopping in peace\n');
});

test('a service that is killed ends without a word', async () => {
  const port = await findFreePort();
  const service = await startService({ name: 'fixture', entry, port, env: { PORT: String(port) } });
  await service.waitForLog('listening');
  expect(await service.kill()).toEqual({ code: null, signal: 'SIGKILL' });
  expect(service.isRunning()).toBe(false);
});

test('a service that dies early is reported with its last lines', async () => {
  const port = await findFreePort();
  const service = await startService({ name: 'fixture', entry, port, env: { FAIL: 'the lens is missing' } });
  await expect(service.waitUntilReady()).rejects.toThrow(/exit code 1 before it was ready[^]*the lens is missing/);
});

test('a service that nobody stopped fails the run, and is ended', async () => {
  const port = await findFreePort();
  const service = await startService({ name: 'forgotten', entry, port, env: { PORT: String(port) } });
  await expect(expectNoLeakedProcesses()).rejects.toThrow('forgotten');
  expect(service.isRunning()).toBe(false);
});
