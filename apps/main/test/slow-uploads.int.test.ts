import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import type { Problem } from '@darkroom/contract';
import { countingStore } from './counting-store.ts';
import { testKeys } from './public-api.ts';
import { sendFile } from './send-file.ts';
import { setUpStoringApi } from './set-up-storing-api.ts';
import { until } from './until.ts';
import { photo } from './upload-files.ts';

const megabyte = 1024 * 1024;
const maxBytes = 40 * megabyte;
const authorization = { authorization: `Bearer ${testKeys.alpha}` };
const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
const filePart = 'content-disposition: form-data; name="file"; filename="a.png"\r\n\r\nbytes';
const fieldPart = 'content-disposition: form-data; name="prompt"\r\n\r\na tree';
let stored = 0;
const api = setUpStoringApi((objectStore) => ({
  objectStore: countingStore(objectStore, () => (stored += 1)),
  maxUploadBytes: maxBytes,
}));

test('uploads that are broken off keep nothing: neither in storage nor in memory', async () => {
  // More than all uploads together may hold.
  for (let count = 0; count < 6; count += 1) await breakOff(30 * megabyte);

  expect([stored, await api.countRows('uploads')]).toEqual([0, 0]);
  expect((await sendFile(api, await photo('png'))).status).toBe(201);
});

/** Sends the beginning of an upload, and leaves when it has been taken in. */
function breakOff(bytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = beginUpload(bytes, () => socket.destroy());
    socket.on('error', reject).on('close', () => resolve());
  });
}

function beginUpload(bytes: number, onSent: () => void): Socket {
  const head = [
    'POST /v1/uploads HTTP/1.1',
    'Host: localhost',
    `Authorization: ${authorization.authorization}`,
    'Content-Type: multipart/form-data; boundary=x',
    `Content-Length: ${maxBytes}`,
  ];
  const socket = connect(api.port, '127.0.0.1', () => {
    socket.write(`${head.join('\r\n')}\r\n\r\n--x\r\n${filePart}`);
    socket.write(Buffer.alloc(bytes), onSent);
  });
  return socket;
}

test('an account whose uploads come slowly waits for its own, and everybody else is served', async () => {
  const slow = [beginSlowly(), beginSlowly()];
  const further = () => sendFile<Problem>(api, Buffer.alloc(3 * megabyte));
  const sendBeside = async () => {
    // Until both are in, it may be one of them that is refused, beside a further one.
    for (const [index, { socket, isOver }] of slow.entries()) {
      if (!isOver()) continue;
      socket.destroy();
      slow[index] = beginSlowly();
    }
    return further();
  };
  const refused = await until(sendBeside, ({ status }) => status === 503);

  expect(refused.body).toMatchObject({ code: 'overloaded', retryable: true });
  expect(refused.body.detail).toBe('Too many of your uploads are under way. Send it again in a few seconds.');
  expect((await sendFile(api, await photo('png'), { account: 'beta' })).status).toBe(201);
  for (const { socket } of slow) socket.destroy();
  await until(further, ({ status }) => status === 422);
});

/** Sends all but the end of an upload, and tells whether it was answered or broken off all the same. */
function beginSlowly(): { socket: Socket; isOver: () => boolean } {
  const socket = beginUpload(maxBytes - megabyte, () => undefined);
  let isOver = false;
  for (const event of ['data', 'error']) socket.on(event, () => (isOver = true));
  return { socket, isOver: () => isOver };
}

test('a client that goes on sending what is refused already is cut off', async () => {
  const answers = await Promise.all([
    sendWithoutEnd(multipart),
    sendWithoutEnd({ ...authorization, 'content-type': 'image/png' }),
    sendWithoutEnd({ ...authorization, ...multipart }),
  ]);

  expect(answers.map((answer) => answer.split('\r\n', 1)[0])).toEqual([
    'HTTP/1.1 401 Unauthorized',
    'HTTP/1.1 415 Unsupported Media Type',
    'HTTP/1.1 400 Bad Request',
  ]);
});

/** What was answered until the connection ended. The body is two fields and whatever comes behind them, in chunks. */
function sendWithoutEnd(headers: Record<string, string>): Promise<string> {
  const head = Object.entries({ host: 'localhost', 'transfer-encoding': 'chunked', ...headers });
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
  return new Promise((resolve) => {
    let answer = '';
    let goingOn: NodeJS.Timeout | undefined;
    const socket = connect(api.port, '127.0.0.1', () => {
      socket.write(`POST /v1/uploads HTTP/1.1\r\n${head.map((pair) => pair.join(': ')).join('\r\n')}\r\n\r\n`);
      socket.write(chunk(`--x\r\n${fieldPart}\r\n--x\r\n${fieldPart}\r\n`));
      goingOn = setInterval(() => socket.write(chunk('and so on ')), 50);
    });
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    // That it is cut off while it writes is an error too.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(goingOn);
      resolve(answer);
    });
  });
}
