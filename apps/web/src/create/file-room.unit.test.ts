import { expect, test } from '@jest/globals';
import { filesWithRoom } from './file-room.ts';

test('a field takes files as far as there is room, and none that is there is displaced', () => {
  expect(filesWithRoom(['1', '2', '3'], { most: 4, present: 2 })).toEqual({ taken: ['1', '2'], leftOut: 1 });
  expect(filesWithRoom(['1'], { most: 4, present: 4 })).toEqual({ taken: [], leftOut: 1 });
  expect(filesWithRoom(['1'], { most: 4, present: 0 })).toEqual({ taken: ['1'], leftOut: 0 });
});

test('the one file of a field gives way to the first of those that are chosen', () => {
  expect(filesWithRoom(['1', '2'], { most: 1, present: 1 })).toEqual({ taken: ['1'], leftOut: 1 });
});
