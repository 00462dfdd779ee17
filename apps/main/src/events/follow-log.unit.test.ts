import { expect, test } from '@jest/globals';
import type { EventRow } from '../database/schema.ts';
import { followLog, type Follows } from './follow-log.ts';

const event = (sequence: number) => ({ sequence }) as EventRow;
const gapless: Follows = ({ sequence }, after) => sequence === after + 1;

async function sequencesOf(pages: number[][], { first = [], after = 0 }: { first?: number[]; after?: number } = {}) {
  const leaving = new AbortController();
  const left = [...pages];
  const seen: number[] = [];
  const following = followLog({
    first: first.map(event),
    follows: gapless,
    readPage: () => {
      const page = left.shift();
      if (page === undefined) leaving.abort();
      return Promise.resolve((page ?? []).map(event));
    },
    pageSize: 2,
    subscribe: () => () => undefined,
    after,
    signal: leaving.signal,
  });
  for await (const rows of following) seen.push(...rows.map(({ sequence }) => sequence));
  return { seen, unread: left.length };
}

test('[P4] a follower from whom events were removed that it has not read is cut off, and skips nothing', async () => {
  expect(await sequencesOf([[3, 4], [5, 6], [7]], { first: [1, 2] })).toEqual({
    seen: [1, 2, 3, 4, 5, 6, 7],
    unread: 0,
  });
  expect(
    await sequencesOf(
      [
        [3, 4],
        [6, 7],
      ],
      { first: [1, 2] },
    ),
  ).toEqual({ seen: [1, 2, 3, 4], unread: 0 });
  expect(await sequencesOf([[9, 10], [11]], { after: 7 })).toEqual({ seen: [], unread: 1 });
  expect(await sequencesOf([[8, 9], [10]], { after: 7 })).toEqual({ seen: [8, 9, 10], unread: 0 });
});
