import { expect, test } from '@jest/globals';
import { alternateRounds } from './alternate-rounds.ts';

const quiet = { report: () => undefined, signal: new AbortController().signal };

test('the sides take turns, and the first round is thrown away', async () => {
  const order: string[] = [];
  const side = (name: string) => async () => order.push(name);
  const results = await alternateRounds({ ours: side('ours'), floor: side('floor') }, { ...quiet, rounds: 2 });
  expect(order).toEqual(['ours', 'floor', 'ours', 'floor', 'ours', 'floor']);
  expect(results).toEqual({ ours: [3, 5], floor: [4, 6] });
});

test('an interrupted run makes no further round', async () => {
  const interrupted = new AbortController();
  let rounds = 0;
  const side = async () => {
    rounds += 1;
    interrupted.abort(new Error('interrupted'));
  };
  await expect(alternateRounds({ ours: side }, { ...quiet, rounds: 3, signal: interrupted.signal })).rejects.toThrow(
    'interrupted',
  );
  expect(rounds).toBe(1);
});
