import { expect, test } from '@jest/globals';
import { streamClosings } from '@darkroom/contract';
import { refusingClosings } from './refusing-closings.ts';

test('are those behind which the contract does not say to connect again at once, where something is subscribed', () => {
  const { nothing_subscribed: unsubscribed, ...closings } = streamClosings;
  const codes = Object.values(closings).flatMap(({ code, reconnect }) => (reconnect === 'now' ? [] : [code]));

  expect([...refusingClosings].sort()).toEqual(codes.sort());
  expect(refusingClosings.has(unsubscribed.code)).toBe(false);
});
