import { expect, test } from '@jest/globals';
import { createMemoryBudget } from './memory-budget.ts';

test('uploads share the memory, and one that would take too much has to come later', () => {
  const budget = createMemoryBudget({ what: 'uploads', mostBytes: 100, mostBytesOfAccount: 100 });
  const [first, second] = [budget.reserve('alpha'), budget.reserve('beta')];
  first.grow(60);
  second.grow(40);

  expect(() => second.grow(1)).toThrow('Too many uploads are under way. Send it again in a few seconds.');
  first.release();
  first.release();
  second.grow(60);
  expect(() => second.grow(1)).toThrow();
});

test('the uploads of one account leave others their part, however many they are', () => {
  const budget = createMemoryBudget({ what: 'uploads', mostBytes: 100, mostBytesOfAccount: 60 });
  const [first, second, other] = [budget.reserve('alpha'), budget.reserve('alpha'), budget.reserve('beta')];
  first.grow(40);
  second.grow(20);

  expect(() => second.grow(1)).toThrow('Too many of your uploads are under way. Send it again in a few seconds.');
  other.grow(40);
  first.release();
  second.grow(40);
});
