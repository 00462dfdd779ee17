import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { toTextFrame } from './text-frame.ts';

let server: WebSocketServer;
let text: string;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (_client, { socket }) => socket.write(toTextFrame(text)));
  await once(server, 'listening');
});

afterAll(async () => {
  server.close();
  await once(server, 'close');
});

test.each([
  ['nothing', ''],
  ['the longest with a head of two bytes', 'x'.repeat(125)],
  ['the shortest with a head of four', 'x'.repeat(126)],
  ['letters of several bytes', '„漢字“ 🏮'.repeat(20)],
  ['the longest with a head of four', 'x'.repeat(65_535)],
  ['the shortest with a head of ten', 'x'.repeat(65_536)],
])('a message of %s is read as it was written', async (_name, written) => {
  text = written;
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [data, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
  client.terminate();

  expect([data.toString(), isBinary]).toEqual([written, false]);
});
