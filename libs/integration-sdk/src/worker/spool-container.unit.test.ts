import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { decodeSpooledAnswer, encodeSpooledAnswer, type SpooledAnswer } from './spool-container.ts';

const origin = {
  callId: 'call_1',
  attempt: 2,
  accountId: 'default',
  integration: 'tiny',
  operation: 'draw',
  workflowId: 'call_1',
  runId: 'run',
};

describe('the spool container', () => {
  test.each<[string, SpooledAnswer['parts']]>([
    ['alone', []],
    [
      'with the files that were downloaded because of it',
      [
        { url: 'https://a.example/1', bytes: randomBytes(70_000) },
        { url: 'https://a.example/2', bytes: Buffer.alloc(0) },
      ],
    ],
  ])('gives back an answer byte for byte, %s', (_name, parts) => {
    const answer: SpooledAnswer = {
      origin,
      response: { status: 200, headers: { 'content-type': 'image/png', 'x-ü': 'ü' }, body: randomBytes(100_000) },
      parts,
    };
    const read = decodeSpooledAnswer(encodeSpooledAnswer(answer));
    expect(read.origin).toEqual(origin);
    expect(read.response.status).toBe(200);
    expect(read.response.headers).toEqual(answer.response.headers);
    expect(Buffer.from(read.response.body).equals(answer.response.body)).toBe(true);
    expect(read.parts.map(({ url, bytes }) => [url, Buffer.from(bytes).toString('hex')])).toEqual(
      parts.map(({ url, bytes }) => [url, Buffer.from(bytes).toString('hex')]),
    );
  });

  test('refuses bytes that are no container, and one that was cut short anywhere', () => {
    const whole = encodeSpooledAnswer({
      origin,
      response: { status: 200, headers: {}, body: Buffer.from('body') },
      parts: [{ url: 'u', bytes: Buffer.from('part') }],
    });
    expect(() => decodeSpooledAnswer(Buffer.from('{"status":200}'))).toThrow('no spooled answer');
    for (let length = 0; length < whole.byteLength; length += 1) {
      expect(() => decodeSpooledAnswer(whole.subarray(0, length))).toThrow();
    }
  });
});
