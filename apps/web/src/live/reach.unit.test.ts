import { expect, jest, test } from '@jest/globals';
import { Reach } from './reach.ts';

function aBrowser() {
  const network = new EventTarget();
  const state = { isOnline: true, answers: true };
  const reach = new Reach({
    isOnline: () => state.isOnline,
    answers: () => Promise.resolve(state.answers),
    network,
  });
  const told = jest.fn();
  const unsubscribe = reach.subscribe(told);
  const turn = async (isOnline: boolean) => {
    state.isOnline = isOnline;
    network.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
    await Promise.resolve();
  };
  return { reach, state, told, turn, unsubscribe };
}

test('a Darkroom on the same computer is within reach without any network', async () => {
  const { reach, told, turn } = aBrowser();
  await turn(false);

  expect(reach.read()).toBe(true);
  expect(told).not.toHaveBeenCalled();
});

test('one that does not answer is out of reach until the network is back', async () => {
  const { reach, state, told, turn } = aBrowser();
  state.answers = false;
  await turn(false);
  expect(reach.read()).toBe(false);
  await turn(true);

  expect(reach.read()).toBe(true);
  expect(told).toHaveBeenCalledTimes(2);
});

test('one that answers again is within reach once somebody looks anew', async () => {
  const { reach, state, turn } = aBrowser();
  state.answers = false;
  await turn(false);
  state.answers = true;
  reach.look();
  await Promise.resolve();

  expect(reach.read()).toBe(true);
});

test('a late answer does not undo that the network is back', async () => {
  const { reach, state, turn } = aBrowser();
  state.answers = false;
  const away = turn(false);
  await turn(true);
  await away;

  expect(reach.read()).toBe(true);
});

test('nobody is told who has left', async () => {
  const { reach, state, told, turn, unsubscribe } = aBrowser();
  unsubscribe();
  state.answers = false;
  await turn(false);

  expect(told).not.toHaveBeenCalled();
  expect(reach.read()).toBe(true);
});
