import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { AsyncTaskComponent, TemporalAsyncTask } from '../src/tasks/index.ts';

const sockets = new Set<Socket>();
let silent: Server;
let component: AsyncTaskComponent;

const double = new TemporalAsyncTask({
  name: 'double',
  task: ({ value }: { value: number }) => Promise.resolve(value),
});

beforeEach(async () => {
  silent = createServer((socket) => void sockets.add(socket.on('error', () => undefined).resume()));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  component = new AsyncTaskComponent({ temporalAddress: `127.0.0.1:${port}` });
  component.register(double);
  await component.connect();
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});

afterEach(async () => {
  jest.useRealTimers();
  await component.stop();
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => silent.close(resolve));
});

test.each([
  ['a submission', () => double.submit({ value: 1 })],
  ['a look', () => double.getStatus('a-task')],
  ['a cancel', () => double.cancel('a-task')],
])('%s fails where the connection is taken and nobody answers', async (_what, ask) => {
  const asked = expect(ask()).rejects.toMatchObject({ cause: { code: 4 } });
  await jest.advanceTimersByTimeAsync(60_000);
  await asked;
});

test('a limit of the caller stays', async () => {
  const asked = expect(
    component.getClient().withDeadline(Date.now() + 1_000, () => double.getStatus('a-task')),
  ).rejects.toMatchObject({ cause: { code: 4 } });
  await jest.advanceTimersByTimeAsync(2_000);
  await asked;
});
