import { expect, test } from '@jest/globals';
import { submitPress } from './submit-press.ts';

const press = { key: 'Enter', repeat: false, ctrlKey: false, metaKey: false };

test('Ctrl or ⌘ with Enter submits, wherever the focus is', () => {
  expect(submitPress({ ...press, ctrlKey: true }, false)).toBe('submit');
  expect(submitPress({ ...press, metaKey: true }, true)).toBe('submit');
  expect(submitPress({ ...press, key: 'e', ctrlKey: true }, true)).toBeUndefined();
});

test('an Enter that is held down submits no second time, in a line or with Ctrl', () => {
  expect(submitPress({ ...press, repeat: true }, true)).toBe('held');
  expect(submitPress({ ...press, repeat: true, ctrlKey: true }, true)).toBe('held');
  expect(submitPress({ ...press, repeat: true, metaKey: true }, false)).toBe('held');
});

test('the first press in a line is left to the browser, and lines of a longer text may follow each other', () => {
  expect(submitPress(press, true)).toBeUndefined();
  expect(submitPress({ ...press, repeat: true }, false)).toBeUndefined();
});
