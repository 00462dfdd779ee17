import { expect, test } from '@jest/globals';
import { readNewsLines } from './news-lines.ts';

async function newsOf(...pieces: string[]): Promise<unknown[]> {
  const body = (async function* () {
    for (const piece of pieces) yield new TextEncoder().encode(piece);
  })();
  const all: unknown[] = [];
  for await (const news of readNewsLines(body)) all.push(news);
  return all;
}

test('news come line by line, however the connection cuts them', async () => {
  const [first, second] = ['{"accountId":"default","lastSequence":7}', '{"accountId":"other","lastSequence":1}'];

  expect(await newsOf(`${first}\n${second}\n`)).toEqual([JSON.parse(first), JSON.parse(second)]);
  expect(await newsOf(first.slice(0, 9), first.slice(9), `\n${second}`, '\n')).toEqual([
    JSON.parse(first),
    JSON.parse(second),
  ]);
});

test('heartbeats and what is no news are passed over', async () => {
  expect(await newsOf('\n\n', 'hello\n', '{"accountId":1}\n', '{"accountId":"a","lastSequence":2}\n')).toEqual([
    { accountId: 'a', lastSequence: 2 },
  ]);
});

test('a line without an end is refused before it fills the memory', async () => {
  await expect(newsOf('x'.repeat(5000))).rejects.toThrow('does not end');
});
