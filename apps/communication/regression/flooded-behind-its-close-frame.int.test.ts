import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@darkroom/testing';
import { type Rig, startRig } from '../test/start-rig.ts';

const messageBytes = 16_000;
const messages = 2_000;

let rig: Rig;
let socket: Socket;

beforeAll(async () => {
  rig = await startRig();
  const { hostname, port } = new URL(rig.url);
  socket = connect(Number(port), hostname);
});

afterAll(async () => {
  socket.destroy();
  await rig.stop();
});

test('who goes on sending where its connection was closed, and never answers that, takes no memory', async () => {
  let got = '';
  socket.on('data', (bytes: Buffer) => (got += bytes.toString('latin1')));
  socket.write(
    [
      'GET /v1/stream HTTP/1.1',
      'Host: 127.0.0.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...['', ''],
    ].join('\r\n'),
  );
  for (let n = 0; n < 20; n += 1) socket.write(frameOf('nonsense'));
  await until('the connection was closed', () => got.includes('Too many messages'));
  const before = heldBytes();
  const frame = frameOf('x'.repeat(messageBytes));
  for (let n = 0; n < messages; n += 1) {
    if (!socket.write(frame)) await once(socket, 'drain');
  }

  expect(socket.closed).toBe(false);
  expect(heldBytes() - before).toBeLessThan((messageBytes * messages) / 4);
});

/** A text message of a client, masked with zeros. */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text);
  const length = body.length < 126 ? [0x80 | body.length] : [0x80 | 126, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), body]);
}

/** What this process, which has both ends, cannot let go of. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
