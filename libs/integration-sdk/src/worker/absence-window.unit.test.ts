import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { askTheList } from '../../test/ask-the-list.ts';

const claimedAt = new Date('2026-05-14T10:00:00.000Z');
const noTask = () => Promise.resolve([]);

beforeEach(() => void jest.useFakeTimers({ now: claimedAt }));
afterEach(() => void jest.useRealTimers());

test('a list that shows no task is asked four times over a minute before it counts as proof', async () => {
  const { asked, result } = await askTheList(claimedAt, noTask);
  expect(asked).toEqual([0, 20, 40, 60]);
  expect(result).toMatchObject({ status: 'retry' });
});

test('the operator may say over how long', async () => {
  expect((await askTheList(claimedAt, noTask, { absenceWindowSeconds: 9 })).asked).toEqual([0, 3, 6, 9]);
});
