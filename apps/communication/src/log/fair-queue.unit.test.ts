import { expect, test } from '@jest/globals';
import { createFairQueue } from './fair-queue.ts';

test('owners take turns, and each one’s items come in their order', () => {
  const queue = createFairQueue<string>();
  const [greedy, modest] = [{}, {}];
  for (const item of ['g1', 'g2', 'g3']) queue.add(greedy, item);
  queue.add(modest, 'm1');
  queue.add(modest, 'm2');

  expect(queue.size).toBe(5);
  expect([1, 2, 3, 4, 5, 6].map(() => queue.take())).toEqual(['g1', 'm1', 'g2', 'm2', 'g3', undefined]);
  expect(queue.size).toBe(0);
});

test('an item is in it once, and can be taken out', () => {
  const queue = createFairQueue<string>();
  const owner = {};
  queue.add(owner, 'once');
  queue.add(owner, 'once');
  queue.add(owner, 'gone');
  queue.remove(owner, 'gone');
  queue.remove(owner, 'never there');
  queue.remove({}, 'once');

  expect(queue.size).toBe(1);
  expect([queue.take(), queue.take()]).toEqual(['once', undefined]);
});
