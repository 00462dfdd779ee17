import { request as sendRequest } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { type Batch, maxBatchBytes, type Problem } from '@darkroom/contract';
import { asLines, callsNumbered, ndjson } from '../../test/batch-bodies.ts';
import { goodBody, testKeys } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';

const api = setUpPublicApi();

type AnswerBody = Partial<Pick<Batch, 'calls'> & Pick<Problem, 'code' | 'detail' | 'errors'>>;

interface Sent {
  type?: string;
  /** Without a length, in chunks. */
  chunked?: boolean;
}

/** Sends bytes as they are, and reads the answer even where it comes before they are all sent. */
function send(bytes: Buffer, { type = 'application/json', chunked = false }: Sent = {}) {
  return new Promise<{ status: number | undefined; body: AnswerBody }>((resolve, reject) => {
    const length = chunked ? {} : { 'content-length': bytes.length };
    const headers = { authorization: `Bearer ${testKeys.alpha}`, 'content-type': type, ...length };
    const request = sendRequest(`${api.url}/v1/batches`, { method: 'POST', headers }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (piece: string) => (text += piece))
        .on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) as AnswerBody }));
    });
    request.on('error', reject).end(bytes);
  });
}

/** So many bytes: what is missing is blanks at the end, which are few. */
function filled(text: string, bytes: number): Buffer {
  expect(bytes - text.length).toBeGreaterThan(0);
  expect(bytes - text.length).toBeLessThan(bytes / 50);
  return Buffer.from(text.padEnd(bytes));
}

const call = {
  ...goodBody,
  input: { prompt: 'a tree '.repeat(150) },
  metadata: Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, 'x'.repeat(540)])),
};
const full = { maxConcurrent: 3, calls: Array.from({ length: 10_000 }, () => call) };

describe('a batch has 32 MB at most', () => {
  test.each([
    ['JSON', JSON.stringify(full), { type: 'application/json' }],
    ['NDJSON', asLines(full), { type: ndjson['content-type'] }],
    ['JSON in chunks', JSON.stringify(full), { chunked: true }],
  ])('the last byte counts: %s', async (_name, text, options) => {
    const taken = await send(filled(text, maxBatchBytes), options);
    expect([taken.status, taken.body.calls?.total]).toEqual([202, 10_000]);
    const refused = await send(filled(text, maxBatchBytes + 1), options);
    expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
      413,
      'too_large',
      expect.stringContaining('32 MB'),
    ]);
  });
});

describe('what is large and no batch is refused before it takes time and memory', () => {
  const size = 31 * 1024 * 1024;
  const unknownFields = (bytes: number) => {
    const fields: string[] = [];
    for (let length = 0; length < bytes; length += fields.at(-1)?.length ?? 0) fields.push(`"${fields.length}":0,`);
    return fields.join('');
  };
  const [first] = callsNumbered(1).map((each) => JSON.stringify(each));

  test.each([
    ['settings of 31 MB', () => `{${unknownFields(size)}"calls":[${first}]}`, ''],
    ['a call of 31 MB', () => `{"calls":[${first},{${unknownFields(size)}"integration":"x"}]}`, '/calls/1'],
    ['empty lists', () => `{"calls":[${first},{"input":[${'[],'.repeat(size / 3)}0]}]}`, '/calls/1'],
    [
      'a call of a hundred thousand fields',
      () => `{"calls":[${first},{${unknownFields(1_000_000)}"integration":"x"}]}`,
      '/calls/1',
    ],
    ['ten million calls', () => `{"calls":[${'0,'.repeat(size / 2)}0]}`, '/calls'],
    ['lists in lists', () => `{"calls":[${first},${'['.repeat(400_000)}${']'.repeat(400_000)}]}`, '/calls/1'],
    [
      'a setting of lists in lists',
      () => `{"metadata":${'['.repeat(9_000)}${']'.repeat(9_000)},"calls":[0]}`,
      '/metadata',
    ],
  ])('%s', async (_name, text, path) => {
    const { status, body } = await send(Buffer.from(text()));
    expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
  });

  test('and so are as many lines', async () => {
    const { status, body } = await send(Buffer.from('0\n'.repeat(size / 2)), { type: ndjson['content-type'] });
    expect([status, body.errors?.[0]?.path]).toEqual([422, '/calls']);
  });

  test('of each call a hundred faults are listed, of all 10,000', async () => {
    const faulty = `{${unknownFields(20_000)}"integration":"nanobanana2","operation":"text-to-image","input":{"prompt":"a"}}`;
    const ofCalls = async (count: number) =>
      (await send(Buffer.from(`{"calls":[${Array.from({ length: count }, () => faulty).join()}]}`))).body;
    expect((await ofCalls(3)).errors).toHaveLength(300);
    const most = await ofCalls(101);
    expect([most.errors?.length, most.detail]).toEqual([10_000, expect.stringContaining('the first 10000 faults')]);
  });
});

describe('a body that is not what it says is refused', () => {
  const broken = Buffer.concat([Buffer.from('{"metadata":{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  const one = JSON.stringify(goodBody);

  test.each([
    ['JSON', Buffer.concat([broken, Buffer.from(`,"calls":[${one}]}`)]), {}],
    ['NDJSON', Buffer.concat([broken, Buffer.from(`}\n${one}`)]), { type: ndjson['content-type'] }],
  ])('broken UTF-8, of which other characters would be paid for: %s', async (_name, bytes, options) => {
    const { status, body } = await send(bytes, options);
    expect([status, body.code, body.detail]).toEqual([400, 'malformed_request', 'The body is not UTF-8.']);
  });

  test('a byte order mark is none of its characters', async () => {
    expect((await send(Buffer.from(`\ufeff{"calls":[${one}]}`))).status).toBe(202);
    expect(
      (await send(Buffer.from(`\ufeff{}\n${one}\n`), { type: 'application/x-ndjson; charset=utf-8' })).status,
    ).toBe(202);
  });

  test.each([
    ['nothing', '', 'application/json', 400],
    ['nothing in lines', '', ndjson['content-type'], 400],
    ['half a batch', `{"calls":[${one},`, 'application/json', 400],
    ['a call that is not JSON', `{"calls":[${one},{"integration":}]}`, 'application/json', 400],
    ['a batchId that cannot be stored', `{"batchId":"a\\u0000b","calls":[${one}]}`, 'application/json', 422],
  ])('%s', async (_name, text, type, status) => {
    expect((await send(Buffer.from(text), { type })).status).toBe(status);
  });
});
