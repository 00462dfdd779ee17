import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isTerminal } from '@darkroom/contract';
import { expectNoLeakedProcesses, startStack, type Stack, until } from '@darkroom/testing';
import { followAccount, type Follower } from './follow-account.ts';

const callCount = 200;
const followerCount = 4;

describe('200 calls at once through one main and two workers', () => {
  let stack: Stack;
  let followers: Follower[] = [];

  beforeAll(async () => {
    stack = await startStack({ workers: 2 });
  });

  afterAll(async () => {
    followers.forEach((follower) => follower.stop());
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  test('[P1] [P4] all complete, sequences are 1..N, and no live follower misses or repeats one', async () => {
    followers = await Promise.all(Array.from({ length: followerCount }, () => followAccount(stack.main.url)));
    const match = 'one of two hundred';
    await stack.control.plan({ match, latencyMs: 500 });
    const calls = await Promise.all(
      Array.from({ length: callCount }, (_, index) => stack.submit({ prompt: `${match}, number ${index}.` })),
    );

    const ended = await until(
      'all calls have ended',
      async () => {
        const now = await Promise.all(calls.map(({ id }) => stack.call(id)));
        return now.every(({ status }) => isTerminal(status)) && now;
      },
      240,
    );
    expect(ended.filter(({ status }) => status !== 'completed')).toEqual([]);
    expect(ended.every(({ submissions }) => submissions.claimed === 1 && submissions.accepted === 1)).toBe(true);
    expect((await stack.control.submissions(match)).accepted).toBe(callCount);

    const last = await lastSequence(stack.main.url);
    await until('every follower has seen the last event', async () =>
      followers.every(({ sequences }) => sequences.at(-1) === last),
    );
    const all = Array.from({ length: last }, (_, index) => index + 1);
    for (const { sequences } of followers) expect(sequences).toEqual(all);
  });
});

async function lastSequence(mainUrl: string): Promise<number> {
  let after = 0;
  for (;;) {
    const response = await fetch(`${mainUrl}/v1/events?after=${after}&limit=100`);
    const { items } = (await response.json()) as { items: { sequence: number }[] };
    const last = items.at(-1);
    if (last === undefined) return after;
    after = last.sequence;
  }
}
