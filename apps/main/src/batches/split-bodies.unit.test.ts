import { describe, expect, test } from '@jest/globals';
import type { BatchBody } from './batch-body.ts';
import { splitJson } from './split-json.ts';
import { splitNdjson } from './split-ndjson.ts';

const parseJson = (text: string): unknown => JSON.parse(text);
const split = (text: string) => splitJson(Buffer.from(text), parseJson);
const splitLines = (text: string) => splitNdjson(Buffer.from(text), parseJson);

/** What the batch is when all of it was parsed. */
function wholeOf({ settings, calls }: BatchBody): unknown {
  if (calls === undefined) return settings;
  const values = Array.from({ length: calls.count }, (_, index) => {
    const call = calls.read(index);
    return 'value' in call ? call.value : call.fault;
  });
  return { ...(settings as object), calls: values };
}

const outcomeOf = async (whole: () => unknown) => {
  try {
    return await whole();
  } catch {
    return 'refused';
  }
};

const bodies = [
  '{"calls":[]}',
  ' {\n"batchId" : "a" ,"calls" :\t[ ] }\r\n',
  '{"calls":[{"a":[1,{"b":2}]},"x,]}\\"", 7 ,null],"metadata":{"calls":[1,2]},"strategy":"parallel"}',
  '{"metadata":{"a":"{[,"},"x\\"calls":[1],"calls":[{"input":{"calls":[[],[1]]}}]}',
  '{"calls":{"calls":[1]}}',
  '["calls",[1,2]]',
  '[[1],[2]]',
  '"calls"',
  '{"a":"\\\\","calls":[ "\\\\" , "é€😀" ]}',
];

describe('a batch as JSON is split where its calls are', () => {
  test.each(bodies)('%s', async (body) => {
    expect(wholeOf(await split(body))).toEqual(JSON.parse(body));
  });

  test('what is no JSON is refused, and what is JSON is read as what it is, whichever character is changed', async () => {
    const found: unknown[] = [];
    for (const body of bodies)
      for (let at = 0; at < body.length; at += 1)
        for (const put of ['', ',', '[', ']', '{', '}', '"', '\\', ':', ' ', '1', '[]']) {
          const changed = `${body.slice(0, at)}${put}${body.slice(at + 1)}`.toWellFormed();
          const expected = await outcomeOf(() => JSON.parse(changed));
          const read = await outcomeOf(async () => wholeOf(await split(changed)));
          if (JSON.stringify(read) !== JSON.stringify(expected)) found.push([changed, read]);
        }
    expect(found).toEqual([]);
  });

  test('a second `calls` is refused: which of them is meant, nobody can know', async () => {
    await expect(split('{"calls":[1],"calls":[2]}')).rejects.toThrow('twice');
  });
});

describe('a batch as lines is split where they end', () => {
  test('by \\n or \\r\\n, with or without an end at the last one, and empty lines do not count', async () => {
    const whole = { strategy: 'parallel', calls: [{ a: 1 }, 'b'] };
    for (const text of [
      '{"strategy":"parallel"}\n{"a":1}\n"b"',
      '\n  \r\n{"strategy":"parallel"}\r\n{"a":1} \r\n\t\n"b"\n\n',
    ])
      expect(wholeOf(await splitLines(text))).toEqual(whole);
  });

  test('a line that is not JSON is named by its number, empty lines counted', async () => {
    const { calls } = await splitLines('{}\n\n1\n\n{"a":\n');
    expect(calls?.read(0)).toEqual({ value: 1 });
    expect(() => calls?.read(1)).toThrow('Line 5 is not JSON.');
    await expect(splitLines('\n\n{')).rejects.toThrow('Line 3 is not JSON.');
  });
});

describe('what a call may be is told before it is parsed, or before anything goes down into it', () => {
  test.each([
    ['larger than a call may be', `"${'x'.repeat(1024 * 1024)}"`, /1 MB/],
    ['of more parts than anything needs', `[${'0,'.repeat(20_000)}0]`, /20000 values/],
    ['nested without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /nested/],
  ])('%s', async (_name, call, message) => {
    for (const { calls } of [await split(`{"calls":[1,${call}]}`), await splitLines(`{}\n1\n${call}`)])
      expect(calls?.read(1)).toEqual({ fault: { path: '/calls/1', message: expect.stringMatching(message) } });
  });
});
