import { describe, expect, test } from '@jest/globals';
import { createLimiter } from './limiter.ts';

describe('a limiter', () => {
  test('runs so many at once and not more, in their order, and goes on after a failure', async () => {
    const limiter = createLimiter(2);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const task = (number: number) => async () => {
      order.push(number);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (number === 1) throw new Error('broken');
    };
    const settled = await Promise.allSettled([0, 1, 2, 3, 4].map((number) => limiter.run(task(number))));
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
  });
});
