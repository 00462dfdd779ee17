import { expect, test } from '@jest/globals';
import { createPollSlots } from './poll-slots.ts';

const takeAll = (slots: number) => {
  const pollSlots = createPollSlots({ slots });
  return { pollSlots, taken: Array.from({ length: slots }, () => pollSlots.take()) };
};

test('four fifths of the slots may be held from look to look, some more for one look, and the others stay free', () => {
  const { taken } = takeAll(10);
  expect(taken.map((slot) => slot?.mayStay)).toEqual([...Array<boolean>(8).fill(true), false, undefined]);
});

test('a slot that is given back is for whoever comes next, as what it was', () => {
  const { pollSlots, taken } = takeAll(10);
  taken[8]?.giveBack();
  expect(pollSlots.take()?.mayStay).toBe(false);
  taken[3]?.giveBack();
  expect(pollSlots.take()?.mayStay).toBe(true);
  expect(pollSlots.take()).toBeUndefined();
});

test('a worker with a single slot can look at tasks too', () => {
  const { pollSlots } = takeAll(1);
  expect(pollSlots.take()).toBeUndefined();
});
