import { expect, test } from '@jest/globals';
import { addressOfOpen } from './address-of-open.ts';

test.each([
  ['/', '', '/?open=call_2'],
  ['/gallery', '?q=fox&open=call_1', '/gallery?q=fox&open=call_2'],
  ['/batches/batch_1', '', '/batches/batch_1?open=call_2'],
  ['/batches', '', '/calls/call_2'],
  ['/calls/call_1', '', '/calls/call_2'],
])('from %s%s a new call is opened at %s', (pathname, search, address) => {
  expect(addressOfOpen({ pathname, search }, 'call_2')).toBe(address);
});
