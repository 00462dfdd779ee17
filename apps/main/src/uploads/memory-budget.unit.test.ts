import { expect, test } from '@jest/globals';
import { createMemoryBudget } from './memory-budget.ts';

test('uploads share the memory, and one that would take too much has to come later', () => {
  const budget = createMemoryBudget(100);
  const [first, second] = [budget.reserve(), budget.reserve()];
  first.grow(60);
  second.grow(40);

  expect(() => second.grow(1)).toThrow(/Send it again in a few seconds/);
  first.release();
  first.release();
  second.grow(60);
  expect(() => second.grow(1)).toThrow();
});
