import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Call } from '@darkroom/contract';
import type { SimulatorSubmission } from '@darkroom/testing';
import { checkFiles } from '../src/conformance/check-files.ts';
import { sha256 } from '../test/media-rig.ts';

const own = Buffer.from('what the provider made for this call');
const others = Buffer.from('what it made for another one');
let server: Server;

/** A main that gives out each file by its hash. */
beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const file = [own, others].find((bytes) => url === `/${sha256(bytes)}`);
    response.writeHead(file ? 200 : 404, { 'content-type': 'image/png' }).end(file);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => new Promise((closed) => server.close(closed)));

const addressOf = (bytes: Buffer) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${sha256(bytes)}`;
const stored = (bytes: Buffer, role?: 'last_frame') => ({
  artifactId: 'art_01m8fw38xte4aag94e0mnzt724',
  contentType: 'image/png',
  width: 1,
  height: 1,
  bytes: bytes.byteLength,
  sha256: sha256(bytes),
  url: addressOf(bytes),
  ...(role && { role }),
});
const checked = (...files: object[]) => {
  const submission = { results: [{ sha256: sha256(own) }], lastFrame: { sha256: sha256(others) } };
  const submissions = [submission as Partial<SimulatorSubmission> as SimulatorSubmission];
  return checkFiles({ call: { output: { files } } as Partial<Call> as Call, submissions });
};

test("takes a call's own result, and what came beside it", async () => {
  await expect(checked(stored(own), stored(others, 'last_frame'))).resolves.toBeUndefined();
});

test('does not take the result of another call, though its hash was reported rightly', async () => {
  await expect(checked(stored(others))).rejects.toThrow(sha256(others));
});

test('does not take a result for what came beside it', async () => {
  await expect(checked(stored(own), stored(own, 'last_frame'))).rejects.toThrow(sha256(own));
});

test('does not take a file that is not what was reported', async () => {
  await expect(checked({ ...stored(own), url: addressOf(others) })).rejects.toThrow(sha256(others));
});
