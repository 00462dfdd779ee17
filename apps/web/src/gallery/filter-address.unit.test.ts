import { describe, expect, test } from '@jest/globals';
import { aCall } from '../../test/call-builders.ts';
import {
  everything,
  type GalleryFilter,
  matchesFilter,
  readFilter,
  toCallQuery,
  writeFilter,
} from './filter-address.ts';

const filter: GalleryFilter = {
  prompt: 'fox & snow',
  status: ['completed', 'failed'],
  integration: 'sora',
  from: '2026-11-01',
  to: '2026-11-28',
};

test('an address holds the whole filter, and leaves everything else that stands there', () => {
  const address = writeFilter(filter, 'open=call_1&q=old');

  expect(new URLSearchParams(address).get('open')).toBe('call_1');
  expect(readFilter(address)).toEqual(filter);
});

test('no filter leaves no trace', () => {
  expect(writeFilter(everything, '')).toBe('');
  expect(readFilter('')).toEqual(everything);
});

test.each(['status=finished', 'from=yesterday', 'from=2026-13-01x', 'to=', 'unknown=1'])(
  '"%s" is ignored',
  (search) => {
    expect(readFilter(search)).toEqual(everything);
  },
);

test('asks for the days of the viewer, both of them included', () => {
  const { createdAfter = '', createdBefore = '' } = toCallQuery(filter);

  expect(new Date(createdAfter).getTime()).toBe(new Date(2026, 10, 1).getTime() - 1);
  expect(createdBefore).toBe(new Date(2026, 10, 29).toISOString());
});

test('asks for nothing that was not filtered for', () => {
  expect(toCallQuery(everything)).toEqual({});
  expect(toCallQuery({ ...everything, prompt: '  fox ' })).toEqual({ prompt: 'fox' });
});

test('asks for as many words as the server takes, and looks for the others itself', () => {
  const prompt = Array.from({ length: 12 }, (_word, index) => `w${index}`).join('  ');

  expect(toCallQuery({ ...everything, prompt }).prompt?.split(' ')).toHaveLength(10);
  expect(toCallQuery({ ...everything, prompt: 'x'.repeat(300) }).prompt).toHaveLength(200);
});

describe('a new call belongs to what is shown', () => {
  const call = aCall({ status: 'failed', integration: 'sora', input: { prompt: 'A Fox in snow' } });

  test.each<[string, Partial<GalleryFilter>, boolean]>([
    ['by no filter', {}, true],
    ['by words of its prompt', { prompt: 'fox' }, true],
    ['by words of its prompt that stand apart, in any order', { prompt: 'snow  fo' }, true],
    ['not by other words', { prompt: 'fox wolf' }, false],
    ['by its status', { status: ['failed', 'cancelled'] }, true],
    ['not by another status', { status: ['completed'] }, false],
    ['not by another integration', { integration: 'veo' }, false],
    ['by its day', { from: '2026-11-27', to: '2026-11-29' }, true],
    ['not before its day', { to: '2026-11-26' }, false],
    ['not after its day', { from: '2026-11-30' }, false],
  ])('%s', (_how, part, belongs) => {
    expect(matchesFilter(call, { ...everything, ...part })).toBe(belongs);
  });
});
