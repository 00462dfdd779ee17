import { expect, test } from '@jest/globals';
import { createFairTurns } from './fair-turns.ts';

/** One runs at a time, and begins when the one before it was ended. */
function oneAtATime(mostWaiting = 10) {
  const turns = createFairTurns({ atOnce: 1, mostWaiting });
  const begun: string[] = [];
  let end: (fault?: Error) => void = () => undefined;
  const want = (name: string, accountId: string, signal = new AbortController().signal) =>
    turns({ accountId, signal }, () => {
      begun.push(name);
      return new Promise<string>((resolve, reject) => {
        end = (fault) => (fault === undefined ? resolve(name) : reject(fault));
      });
    });
  return { want, begun, end: (fault?: Error) => end(fault) };
}

test('accounts take turns, and of each the newest wish is first', async () => {
  const { want, begun, end } = oneAtATime();
  const wishes = ['g1', 'g2', 'g3', 'g4'].map((name) => want(name, 'greedy'));
  wishes.push(want('m1', 'modest'), want('m2', 'modest'));
  for (const wish of [0, 3, 5, 2, 4, 1].map((index) => wishes[index])) {
    end();
    await wish;
  }

  expect(begun).toEqual(['g1', 'g4', 'm2', 'g3', 'm1', 'g2']);
});

test('what was given up is not done, neither while it waits nor afterwards', async () => {
  const { want, begun, end } = oneAtATime();
  const leaving = new AbortController();
  const first = want('first', 'alpha');
  const given = want('given up', 'alpha', leaving.signal);
  const alone = want('given up, the only one of its account', 'beta', leaving.signal);
  const last = want('last', 'alpha');
  leaving.abort();
  for (const wish of [given, alone, want('too late', 'alpha', leaving.signal)])
    await expect(wish).rejects.toThrow('aborted');
  for (const wish of [first, last]) {
    end();
    await wish;
  }

  expect(begun).toEqual(['first', 'last']);
});

test('an account that wants more than is done soon is refused its oldest wish, and nobody else any', async () => {
  const { want, begun, end } = oneAtATime(2);
  const first = want('first', 'alpha');
  const oldest = want('oldest', 'alpha');
  const others = [want('newer', 'alpha'), want('another’s', 'beta')];
  const newest = want('newest', 'alpha');
  await expect(oldest).rejects.toMatchObject({ code: 'overloaded' });
  for (const wish of [first, newest, others[1], others[0]]) {
    end();
    await wish;
  }

  expect(begun).toEqual(['first', 'newest', 'another’s', 'newer']);
});

test('one that fails gives its turn to the next', async () => {
  const { want, end } = oneAtATime();
  const failing = want('failing', 'alpha');
  const next = want('next', 'alpha');
  end(new Error('broken'));
  await expect(failing).rejects.toThrow('broken');
  end();

  expect(await next).toBe('next');
});
