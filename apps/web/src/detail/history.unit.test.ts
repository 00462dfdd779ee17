import { describe, expect, test } from '@jest/globals';
import type { Call } from '@darkroom/contract';
import { aCall } from '../../test/call-builders.ts';
import { type History, type HistoryNode, type HistoryReader, readHistory } from './history.ts';

const pageSize = 60;

/** Each call has one result, named like it. Pages begin with the newest, as those of `main` do. */
function reading(calls: Call[]): HistoryReader {
  const resultOf = ({ id }: Call) => `art_${id}`;
  return {
    callOfArtifact: (artifactId) => Promise.resolve(calls.find((call) => resultOf(call) === artifactId)),
    madeFrom: (id, cursor) => {
      const found = calls.filter((call) => call.sourceArtifactIds?.includes(id)).reverse();
      const end = Number(cursor ?? 0) + pageSize;
      return Promise.resolve({
        items: found.slice(end - pageSize, end),
        nextCursor: end < found.length ? String(end) : null,
      });
    },
    resultsOf: (call) => [resultOf(call)],
  };
}
const made = (id: string, ...from: string[]) =>
  aCall({ id, ...(from.length > 0 && { sourceArtifactIds: from.map((source) => `art_${source}`) }) });
const drawn = ({ call, children }: HistoryNode): string =>
  children.length === 0 ? call.id : `${call.id}(${children.map(drawn).join(' ')})`;
const idsIn = ({ call, children }: HistoryNode): string[] => [call.id, ...children.flatMap(idsIn)];
const idOf = (place: number) => `c${String(place).padStart(5, '0')}`;
const siblings = (count: number) => Array.from({ length: count }, (_value, place) => made(idOf(place), 'a'));
const chain = (length: number) =>
  Array.from({ length }, (_value, place) => made(idOf(place), ...(place > 0 ? [idOf(place - 1)] : [])));

test('shows the whole tree, from wherever in it one looks', async () => {
  const calls = [made('a'), made('b', 'a'), made('c', 'a'), made('d', 'b')];

  for (const call of calls) expect(drawn((await readHistory(call, reading(calls))).root)).toBe('a(b(d) c)');
});

test('a result of two others stands below the first, once', async () => {
  const calls = [made('a'), made('b', 'a'), made('c', 'a', 'b')];

  expect(drawn((await readHistory(made('a'), reading(calls))).root)).toBe('a(b c)');
});

test('begins below what was removed', async () => {
  const calls = [made('b', 'gone'), made('c', 'b')];

  expect(drawn((await readHistory(made('c', 'b'), reading(calls))).root)).toBe('b(c)');
});

test('the oldest of seventy edits of one result is in its own history, with all the others', async () => {
  const edits = siblings(70);
  const { root, isWhole } = await readHistory(made(idOf(0), 'a'), reading([made('a'), ...edits]));

  expect(idsIn(root)).toEqual(['a', ...edits.map(({ id }) => id)]);
  expect([root.left, isWhole]).toEqual([undefined, true]);
});

test('a line of twenty-five edits is shown from its first to its last', async () => {
  const calls = chain(25);
  const { root, isWhole } = await readHistory(made(idOf(24), idOf(23)), reading(calls));

  expect(idsIn(root)).toEqual(calls.map(({ id }) => id));
  expect(isWhole).toBe(true);
});

describe('a history that is too large to be shown', () => {
  const partsOf = ({ root, isWhole }: History) => ({ ids: idsIn(root), left: root.left, isWhole });

  test('holds the call, its line and what was made from it, and says how many more there are', async () => {
    const calls = [made('a'), ...siblings(170), ...siblings(170).map(({ id }) => made(`d${id}`, id))];
    const edit = made(idOf(0), 'a');
    const wide = await readHistory(edit, reading([...calls, ...chain(60).map(({ id }) => made(`e${id}`, idOf(0)))]));
    const { ids, left, isWhole } = partsOf(wide);

    expect(ids).toHaveLength(200);
    expect(ids).toEqual(expect.arrayContaining(['a', idOf(0), `d${idOf(0)}`, `e${idOf(59)}`]));
    expect([left, isWhole]).toEqual([32, false]);
  });

  test('does not count to ten thousand', async () => {
    const calls = [made('a'), ...siblings(10_000)];
    const { ids, left } = partsOf(await readHistory(made(idOf(7), 'a'), reading(calls)));

    expect(ids).toContain(idOf(7));
    expect(left).toBe('many');
  });

  test('says that its line begins further up', async () => {
    const { root, isWhole } = await readHistory(made(idOf(149), idOf(148)), reading(chain(150)));

    expect(idsIn(root)).toEqual(
      chain(150)
        .map(({ id }) => id)
        .slice(50),
    );
    expect(isWhole).toBe(false);
  });
});

test('asks about five calls at a time, and not about one after another', async () => {
  const calls = [made('a'), ...siblings(21)];
  const reader = reading(calls);
  let underWay = 0;
  const together: number[] = [];
  const madeFrom: HistoryReader['madeFrom'] = async (artifactId, cursor) => {
    underWay += 1;
    const page = await reader.madeFrom(artifactId, cursor);
    await new Promise((resolve) => setImmediate(resolve));
    together.push(underWay);
    underWay -= 1;
    return page;
  };
  await readHistory(made('a'), { ...reader, madeFrom });

  // The first alone, as the others are not known yet; then four times five, and the last.
  expect(together.filter((count) => count === 5)).toHaveLength(4);
  expect(Math.max(...together)).toBe(5);
});
