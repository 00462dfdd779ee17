import { describe, expect, test } from '@jest/globals';
import { inChunks } from './spool-chunks.ts';

async function chunksOf(...pieces: string[]): Promise<string[]> {
  const stream = (async function* () {
    for (const piece of pieces) yield Buffer.from(piece);
  })();
  const chunks: string[] = [];
  for await (const chunk of inChunks(stream, 4)) chunks.push(chunk.toString());
  return chunks;
}

describe('a stream in chunks', () => {
  test('is cut into pieces of one size, however it came', async () => {
    expect(await chunksOf('abcdefghij')).toEqual(['abcd', 'efgh', 'ij']);
    expect(await chunksOf('a', 'b', 'cdefg', 'hij')).toEqual(['abcd', 'efgh', 'ij']);
    expect(await chunksOf('abcd', '', 'efgh')).toEqual(['abcd', 'efgh']);
    expect(await chunksOf()).toEqual([]);
  });
});
