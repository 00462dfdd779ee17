import { expect, test } from '@jest/globals';
import { aStorage } from '../../test/a-storage.ts';
import { KeptTexts } from './kept-texts.ts';

test('what the browser does not take is kept as long as the page lives, and that is told once', () => {
  let hasRoom = false;
  const storage = aStorage(() => hasRoom);
  const kept = new KeptTexts(() => storage);
  let told = 0;
  kept.onLoss(() => (told += 1));
  kept.setItem('draft', 'a fox');
  kept.setItem('draft', 'a red fox');

  expect([kept.getItem('draft'), kept.keys(), storage.getItem('draft'), told]).toEqual([
    'a red fox',
    ['draft'],
    null,
    1,
  ]);

  hasRoom = true;
  kept.setItem('draft', 'an owl');
  expect([kept.getItem('draft'), storage.getItem('draft'), told]).toEqual(['an owl', 'an owl', 1]);
});

test('a loss that came before anybody listened is told to the first who does', () => {
  const kept = new KeptTexts(() => aStorage(() => false));
  const told: string[] = [];
  kept.setItem('account', 'acme');
  kept.onLoss(() => told.push('first'));
  kept.onLoss(() => told.push('second'));

  expect(told).toEqual(['first']);
});

test('a browser whose storage is switched off is one that keeps nothing', () => {
  const kept = new KeptTexts(() => {
    throw new Error('The operation is insecure.');
  });
  expect([kept.getItem('draft'), kept.keys()]).toEqual([null, []]);
  kept.setItem('draft', 'a fox');
  expect(kept.getItem('draft')).toBe('a fox');
  kept.removeItem('draft');

  expect(kept.getItem('draft')).toBeNull();
});
