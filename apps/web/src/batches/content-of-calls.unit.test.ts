import { expect, test } from '@jest/globals';
import { contentOfCalls } from './content-of-calls.ts';

const foxes = Array.from({ length: 200 }, (_, number) => ({ prompt: `a fox, number ${number}` }));

test('the same calls have the same content, in a few characters', () => {
  expect(contentOfCalls(foxes)).toBe(contentOfCalls(structuredClone(foxes)));
  expect(contentOfCalls(foxes).length).toBeLessThan(32);
});

test('whatever is changed in one of many calls makes another content', () => {
  const contents = foxes
    .slice(0, 100)
    .flatMap((_, at) => [
      contentOfCalls(foxes.with(at, { prompt: `a fox, number ${at + 1}` })),
      contentOfCalls(foxes.with(at, { prompt: `A fox, number ${at}` })),
      contentOfCalls(foxes.toSpliced(at, 1)),
    ]);

  expect(new Set([contentOfCalls(foxes), ...contents]).size).toBe(301);
});

test('the order of the calls belongs to their content', () => {
  const [fox, owl] = [{ prompt: 'a fox' }, { prompt: 'an owl' }];

  expect(contentOfCalls([fox, owl])).not.toBe(contentOfCalls([owl, fox]));
});
