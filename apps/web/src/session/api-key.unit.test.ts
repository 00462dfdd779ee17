import { expect, test } from '@jest/globals';
import { isSendable } from './api-key.ts';

test.each([
  ['key-of_acme.1', true],
  ['ключ', false],
  ['密钥', false],
  ['two words', false],
  ['', false],
])('%j can be sent as a key: %s', (key, answer) => {
  expect(isSendable(key)).toBe(answer);
});
