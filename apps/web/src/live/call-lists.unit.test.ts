import { expect, test } from '@jest/globals';
import { aCall } from '../../test/call-builders.ts';
import { addCalls, type CallList, callsOf, replaceCall } from './call-lists.ts';

const list = (pages: string[][], hasMore = true): CallList => ({
  pages: pages.map((ids, index) => ({
    items: ids.map((id) => aCall({ id })),
    nextCursor: index < pages.length - 1 || hasMore ? 'more' : null,
  })),
  pageParams: pages.map(() => null),
});
const idsOf = (shown: CallList) => callsOf(shown).map(({ id }) => id);

test('a new call comes to the top, and each only once', () => {
  const grown = addCalls(list([['c', 'b'], ['a']]), [aCall({ id: 'd' }), aCall({ id: 'c' })], 'newest');

  expect(idsOf(grown)).toEqual(['d', 'c', 'b', 'a']);
});

test('a call from between finds its place', () => {
  const between = [aCall({ id: 'f' }), aCall({ id: 'b' })];

  expect(
    idsOf(
      addCalls(
        list([
          ['g', 'e'],
          ['d', 'a'],
        ]),
        between,
        'newest',
      ),
    ),
  ).toEqual(['g', 'f', 'e', 'd', 'b', 'a']);
});

test('what is older than the list reaches is left to its next page, unless there is none', () => {
  const older = [aCall({ id: 'a' })];

  expect(idsOf(addCalls(list([['c', 'b']]), older, 'newest'))).toEqual(['c', 'b']);
  expect(idsOf(addCalls(list([['c', 'b']], false), older, 'newest'))).toEqual(['c', 'b', 'a']);
});

test('a list that begins with the oldest keeps that order', () => {
  const others = [aCall({ id: 'f' }), aCall({ id: 'b' })];

  expect(idsOf(addCalls(list([['a', 'c'], ['d']]), others, 'oldest'))).toEqual(['a', 'b', 'c', 'd']);
  expect(idsOf(addCalls(list([['a', 'c'], ['d']], false), others, 'oldest'))).toEqual(['a', 'b', 'c', 'd', 'f']);
  expect(idsOf(addCalls(list([[]], false), others, 'oldest'))).toEqual(['b', 'f']);
});

test('a change touches the page of its call only, and a list without the call not at all', () => {
  const before = list([['c'], ['b']]);
  const after = replaceCall(before, 'b', (call) => ({ ...call, status: 'completed' }));

  expect(callsOf(after).map(({ status }) => status)).toEqual(['pending', 'completed']);
  expect(after.pages[0]).toBe(before.pages[0]);
  expect(replaceCall(before, 'x', (call) => call)).toBe(before);
});
