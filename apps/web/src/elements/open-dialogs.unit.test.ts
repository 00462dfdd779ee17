import { expect, test } from '@jest/globals';
import { noteDialog, onDialogs, topDialog } from './open-dialogs.ts';

test('the dialog that was opened last is the top one, whichever of them is closed first', () => {
  const [first, second] = [{}, {}] as [HTMLElement, HTMLElement];
  const seen: (HTMLElement | undefined)[] = [];
  const stop = onDialogs(() => seen.push(topDialog()));
  const closeFirst = noteDialog(first);
  const closeSecond = noteDialog(second);
  closeFirst();
  closeSecond();
  stop();
  noteDialog(first)();

  expect(seen).toEqual([first, second, second, undefined]);
});
