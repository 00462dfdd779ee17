import { expect, test } from '@jest/globals';
import { askAgain } from './load-part.ts';

function failing(times: number) {
  let asked = 0;
  return {
    load: () => ((asked += 1) <= times ? Promise.reject(new Error(`no ${asked}`)) : Promise.resolve('there')),
    asked: () => asked,
  };
}

test('a part that could not be had is asked for again', async () => {
  const { load, asked } = failing(2);
  expect(await askAgain(load, [0, 0, 0])).toBe('there');
  expect(asked()).toBe(3);
});

test('a part that never comes ends with the last fault', async () => {
  const { load, asked } = failing(9);
  await expect(askAgain(load, [0, 0])).rejects.toThrow('no 3');
  expect(asked()).toBe(3);
});
