import { expect, test } from '@jest/globals';
import { alternateRounds } from './alternate-rounds.ts';

const quiet = { report: () => undefined, signal: new AbortController().signal };

test('the sides take turns, each second round the other way round, and the first round is thrown away', async () => {
  const order: string[] = [];
  const side = (name: string) => async () => order.push(name);
  const results = await alternateRounds('speed', { ours: side('ours'), floor: side('floor') }, { ...quiet, rounds: 2 });
  expect(order).toEqual(['ours', 'floor', 'ours', 'floor', 'floor', 'ours']);
  expect(results).toEqual({ ours: [3, 6], floor: [4, 5] });
});

test('a fault is told with what was measured, its side and its round', async () => {
  let rounds = 0;
  const ours = async () => {
    rounds += 1;
    if (rounds === 3) throw new Error('no answer came');
  };
  await expect(alternateRounds('speed', { ours }, { ...quiet, rounds: 3 })).rejects.toThrow(
    'speed: ours, round 2 of 3: no answer came',
  );
});

test('an interrupted run makes no further round', async () => {
  const interrupted = new AbortController();
  let rounds = 0;
  const ours = async () => {
    rounds += 1;
    interrupted.abort(new Error('interrupted'));
  };
  await expect(alternateRounds('speed', { ours }, { ...quiet, rounds: 3, signal: interrupted.signal })).rejects.toThrow(
    'interrupted',
  );
  expect(rounds).toBe(1);
});
