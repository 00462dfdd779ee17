import { expect, test } from '@jest/globals';
import { createSecretCleaner } from './secret-cleaner.ts';

test('replaces a secret wherever it stands, also escaped for JSON or a URL', () => {
  const clean = createSecretCleaner(['p"ss/w+rd$^[]']);

  expect(clean('a p"ss/w+rd$^[] b p"ss/w+rd$^[]')).toBe('a [secret] b [secret]');
  expect(clean(JSON.stringify({ key: 'p"ss/w+rd$^[]' }))).toBe('{"key":"[secret]"}');
  expect(clean(`?key=${encodeURIComponent('p"ss/w+rd$^[]')}&x`)).toBe('?key=[secret]&x');
});

test('replaces the longer of two secrets that begin alike', () => {
  expect(createSecretCleaner(['secret-1', 'secret-1-extended'])('secret-1-extended')).toBe('[secret]');
});

test('leaves words that are too short to be secrets', () => {
  expect(createSecretCleaner(['a', '', 'main'])('a call of main')).toBe('a call of main');
});
