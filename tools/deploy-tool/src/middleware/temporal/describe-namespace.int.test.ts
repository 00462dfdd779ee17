import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { describeNamespace } from './describe-namespace.ts';

let server: Server | undefined;

afterEach(() => new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve))));

async function listen(onConnection: (socket: Socket) => void): Promise<string> {
  // Whoever asked may end its side with a reset.
  const listening = createServer((socket) => onConnection(socket.on('error', () => undefined)));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

// Temporal itself does so on its port, both while it starts and while it stops.
const settingsFrame = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
test.each<[string, (socket: Socket) => void]>([
  ['at once', (socket) => socket.resume().end()],
  ['when it has been asked', (socket) => socket.once('data', () => socket.end())],
  ['after its first frame', (socket) => socket.once('data', () => socket.end(settingsFrame))],
])('a connection that is closed in good order %s is a failed check', async (_, onConnection) => {
  const address = await listen(onConnection);
  // A machine that stands still for three seconds hears of the end too late.
  await expect(describeNamespace(address, 'default')).rejects.toThrow(
    /Temporal (closed the connection|did not answer)/,
  );
});
