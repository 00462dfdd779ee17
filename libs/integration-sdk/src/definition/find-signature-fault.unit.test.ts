import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { findSignatureFault } from './find-signature-fault.ts';

const key = 'a key';
const now = new Date(1_787_567_410_000);
const sign = (text: string, encoding: 'base64' | 'hex', by = key) =>
  createHmac('sha256', by).update(text).digest(encoding);

test.each(['base64', 'hex'] as const)('a text that was signed with the key is believed, in %s', (encoding) => {
  const signed = { key, text: 'task_1', signature: sign('task_1', encoding), encoding };
  expect(findSignatureFault(signed)).toBeUndefined();
  expect(findSignatureFault({ ...signed, text: 'task_2' })).toBe('The signature is wrong.');
  expect(findSignatureFault({ ...signed, key: 'another' })).toBe('The signature is wrong.');
});

test.each([
  [undefined, 'The callback is not signed.'],
  ['', 'The signature is wrong.'],
  ['AAAA', 'The signature is wrong.'],
  ['no hex at all', 'The signature is wrong.'],
])('the signature %s is refused', (signature, fault) => {
  expect(findSignatureFault({ key, text: 'task_1', signature, encoding: 'hex' })).toBe(fault);
});

test.each([
  ['1787567410', undefined],
  ['1787567110', undefined],
  ['1787567710', undefined],
  ['1787567109', 'The signature is too old, or of the future.'],
  ['1787567711', 'The signature is too old, or of the future.'],
  ['now', 'The signature names no time in seconds.'],
  ['', 'The signature names no time in seconds.'],
  [undefined, 'The signature names no time in seconds.'],
])('a right signature of the time %s is as good as its time', (seconds, fault) => {
  const text = `task_1.${seconds}`;
  const signed = { key, text, signature: sign(text, 'base64'), encoding: 'base64' as const };
  expect(findSignatureFault({ ...signed, timestamp: { seconds, now } })).toBe(fault);
});
