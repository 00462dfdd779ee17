import { describe, expect, test } from '@jest/globals';
import { createPollBudget, type PollClock } from './poll-budget.ts';

/** A clock that stands until the test lets it run. */
function createClock(): PollClock & { run(milliseconds: number): Promise<void> } {
  let now = 1_000_000;
  let wakes: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    wakeAfter(milliseconds, wake) {
      const entry = { at: now + milliseconds, wake };
      wakes.push(entry);
      return () => void (wakes = wakes.filter((other) => other !== entry));
    },
    async run(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = wakes.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        now = next.at;
        wakes = wakes.filter((other) => other !== next);
        next.wake();
        await settled();
      }
      now = end;
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function looking(perSecond: number) {
  const clock = createClock();
  const budget = createPollBudget({ perSecond, clock });
  const looks: { number: number; at: number }[] = [];
  const start = clock.now();
  const look = (number: number, signal?: AbortSignal) =>
    budget.take(signal).then(() => looks.push({ number, at: clock.now() - start }));
  return { clock, budget, looks, look };
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
