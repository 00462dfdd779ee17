import { expect, test } from '@jest/globals';
import { isWholeRun, readBenchOptions } from './bench-options.ts';

test('without arguments everything is measured, in three rounds, and the run may be written down', () => {
  const options = readBenchOptions([]);
  expect(options).toEqual({
    parts: ['accept', 'end-to-end', 'throughput', 'polls', 'tasks', 'batches', 'webhooks', 'push', 'waiting'],
    rounds: 3,
    length: 1,
  });
  expect(isWholeRun(options)).toBe(true);
});

test.each([[['--only', 'polls']], [['--rounds', '2']], [['--length', '0.5']]])(
  'a run with %j is not written down',
  (args) => {
    expect(isWholeRun(readBenchOptions(args))).toBe(false);
  },
);

test('parts can be chosen, and more rounds asked for', () => {
  expect(readBenchOptions(['--only', 'polls', '--only', 'accept', '--rounds', '5'])).toMatchObject({
    parts: ['polls', 'accept'],
    rounds: 5,
  });
});

test.each([
  [['--only', 'pols'], 'There is no part "pols"'],
  [['--rounds', '0'], '--rounds does not take "0"'],
  [['--rounds', '1.5'], '--rounds does not take "1.5"'],
  [['--length', 'long'], '--length does not take "long"'],
  [['--fast'], "Unknown option '--fast'"],
])('%j is refused', (args, message) => {
  expect(() => readBenchOptions(args)).toThrow(message);
});
