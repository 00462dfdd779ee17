import { expect, test } from '@jest/globals';
import { findDeliveryFaults, noFaults } from './check-delivery.ts';

test.each([
  ['all, in order', [3, 5, 8], noFaults],
  ['one that is missed', [3, 8], { ...noFaults, missed: [5] }],
  ['the last one missed', [3, 5], { ...noFaults, missed: [8] }],
  ['one that comes twice', [3, 5, 5, 8], { ...noFaults, repeated: [5] }],
  ['one that comes again later', [3, 5, 8, 3], { ...noFaults, repeated: [3] }],
  ['two that change places', [5, 3, 8], { ...noFaults, outOfOrder: [3] }],
  ['one of another call', [3, 4, 5, 8], { ...noFaults, strange: [4] }],
  ['nothing', [], { ...noFaults, missed: [3, 5, 8] }],
])('the checker sees %s', (_name, seen, faults) => {
  expect(findDeliveryFaults([3, 5, 8], seen)).toEqual(faults);
});
