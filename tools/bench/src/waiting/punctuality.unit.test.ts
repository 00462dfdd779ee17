import { expect, test } from '@jest/globals';
import { punctualityOf } from './punctuality.ts';

const window = { from: 10_000, to: 40_000, intervalSeconds: 10 };

test('a look is late by what it exceeds the interval, and only looks of the window count', () => {
  const tasks = [{ looks: [9_000, 19_000, 29_020, 39_030, 49_000] }, { looks: [12_000, 22_000] }];
  expect(punctualityOf(tasks, window)).toEqual({ latenessMs: [20, 10, 0], mostLooks: 3 });
});
