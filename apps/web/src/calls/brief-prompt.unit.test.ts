import { expect, test } from '@jest/globals';
import { briefPrompt } from './brief-prompt.ts';

test('a short prompt is told whole', () => {
  expect(briefPrompt('a lighthouse at dawn')).toBe('a lighthouse at dawn');
});

test('a long prompt is told by its first words', () => {
  const prompt = 'a lighthouse at dawn, seen from a small boat in the harbour of the old town';

  expect(briefPrompt(prompt)).toBe('a lighthouse at dawn, seen from a small boat in the…');
});

test('a long prompt without spaces is cut between characters', () => {
  expect(briefPrompt('🗼'.repeat(70))).toBe(`${'🗼'.repeat(59)}…`);
});
