import { describe, expect, test } from '@jest/globals';
import { createPretendedClock, settled } from '../../test/pretended-clock.ts';
import { createPollBudget } from './poll-budget.ts';

function looking(perSecond: number) {
  const clock = createPretendedClock();
  const budget = createPollBudget({ perSecond, clock });
  const looks: { number: number; at: number }[] = [];
  const start = clock.now();
  const look = (number: number, signal?: AbortSignal) =>
    budget.take(signal).then(() => looks.push({ number, at: clock.now() - start }));
  const loopLook = (number: number, signal?: AbortSignal) =>
    budget
      .forLoops()
      .take(signal)
      .then(() => looks.push({ number, at: clock.now() - start }));
  return { clock, budget, looks, look, loopLook };
}

describe('a poll budget', () => {
  test('lets a second’s worth of looks through at once, and the others one by one in their order', async () => {
    const { clock, budget, looks, look } = looking(2);
    for (const number of [0, 1, 2, 3, 4]) void look(number);
    await settled();
    expect(looks.map(({ number }) => number)).toEqual([0, 1]);
    expect(budget.waiting()).toBe(3);
    await clock.run(10_000);
    expect(looks.slice(2)).toEqual([
      { number: 2, at: 500 },
      { number: 3, at: 1000 },
      { number: 4, at: 1500 },
    ]);
  });

  test('never lets more through than its rate and one burst, however long it was quiet', async () => {
    const { clock, looks, look } = looking(10);
    await clock.run(3_600_000);
    for (let number = 0; number < 200; number += 1) void look(number);
    await clock.run(5_000);
    expect(looks.length).toBeGreaterThanOrEqual(59);
    expect(looks.length).toBeLessThanOrEqual(60);
  });

  test('can be slower than one look in a second', async () => {
    const { clock, looks, look } = looking(0.1);
    for (const number of [0, 1]) void look(number);
    await settled();
    await clock.run(20_000);
    expect(looks.map(({ at }) => at)).toEqual([0, 10_000]);
  });

  test('a look that is given up leaves its place to the next one', async () => {
    const { clock, budget, looks, look } = looking(1);
    void look(0);
    const stopping = new AbortController();
    const abandoned = look(1, stopping.signal);
    void look(2);
    stopping.abort(new Error('the worker stops'));
    await expect(abandoned).rejects.toThrow('the worker stops');
    await clock.run(1_000);
    expect(looks.map(({ number }) => number)).toEqual([0, 2]);
    await expect(budget.take(stopping.signal)).rejects.toThrow('the worker stops');
    expect(budget.waiting()).toBe(0);
  });
});

describe('looks of loops', () => {
  test('let a cancel, a refresh, a list and a last look go first', async () => {
    const { clock, budget, looks, look, loopLook } = looking(1);
    for (const number of [0, 1, 2, 3]) void loopLook(number);
    for (const number of [10, 11]) void look(number);
    expect(budget.waiting()).toBe(5);
    await clock.run(5_000);
    expect(looks.map(({ number }) => number)).toEqual([0, 10, 11, 1, 2, 3]);
  });

  test('come every fifth time all the same, so that nobody can keep all others from being looked at', async () => {
    const { clock, looks, look, loopLook } = looking(1);
    void look(0);
    for (const number of [100, 101]) void loopLook(number);
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) void look(number);
    await clock.run(10_000);
    expect(looks.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 100, 5, 6, 7, 8, 101]);
  });

  test('that are given up leave their place, and wait for the patience that the provider asked for', async () => {
    const { clock, budget, looks, look, loopLook } = looking(1);
    budget.forLoops().slowDown(10);
    const stopping = new AbortController();
    const abandoned = loopLook(0, stopping.signal);
    void loopLook(1);
    void look(10);
    stopping.abort(new Error('the worker stops'));
    await expect(abandoned).rejects.toThrow('the worker stops');
    await clock.run(10_999);
    expect(looks).toEqual([]);
    await clock.run(1_001);
    expect(looks).toEqual([
      { number: 10, at: 11_000 },
      { number: 1, at: 12_000 },
    ]);
  });
});

describe('a provider that asks for patience', () => {
  test('gets it from all, and the saved looks are not made at once afterwards', async () => {
    const { clock, budget, looks, look } = looking(2);
    budget.slowDown(30);
    for (const number of [0, 1]) void look(number);
    await clock.run(30_499);
    expect(looks).toEqual([]);
    await clock.run(600);
    expect(looks.map(({ at }) => at)).toEqual([30_500, 31_000]);
  });

  test('holds back looks that wait already', async () => {
    const { clock, budget, looks, look } = looking(1);
    for (const number of [0, 1]) void look(number);
    budget.slowDown(10);
    await clock.run(10_999);
    expect(looks).toHaveLength(1);
    await clock.run(1);
    expect(looks).toHaveLength(2);
  });

  test('a shorter wish than what holds changes nothing, and neither does one that is no number', async () => {
    const { clock, budget, looks, look } = looking(1);
    budget.slowDown(10);
    budget.slowDown(1);
    budget.slowDown(Number.NaN);
    budget.slowDown(-5);
    void look(0);
    await clock.run(10_999);
    expect(looks).toEqual([]);
    await clock.run(1);
    expect(looks).toHaveLength(1);
  });

  test('is not waited for longer than five minutes', async () => {
    const { clock, budget, looks, look } = looking(1);
    budget.slowDown(86_400);
    void look(0);
    await clock.run(301_000);
    expect(looks).toHaveLength(1);
  });
});
