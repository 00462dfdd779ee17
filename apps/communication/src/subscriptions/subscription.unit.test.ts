import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { StreamTokenClaims } from '@darkroom/contract';
import { quietWire } from '../../test/quiet-wire.ts';
import { Connection } from '../connections/connection.ts';
import type { Notice } from '../connections/wire.ts';
import { Subscription } from './subscription.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function subscribe() {
  const said: Notice[] = [];
  const subscription = new Subscription({
    connection: new Connection(quietWire(said), () => undefined),
    claims: { sub: 'default', subject: 'account', iat: 0, exp: 4_000_000_000 } as StreamTokenClaims,
    after: 7,
    onEnd: () => undefined,
  });
  const toldTypes = () => said.splice(0).map((notice) => (notice.type === 'error' ? notice.code : notice.type));
  return { subscription, toldTypes };
}

test('every outage is told once, and its end', () => {
  const { subscription, toldTypes } = subscribe();
  subscription.tellAway();
  subscription.tellAway();
  subscription.tellBack();
  expect(toldTypes()).toEqual(['log_away']);
  subscription.begin();
  subscription.begin();
  expect(toldTypes()).toEqual(['subscribed']);
  subscription.tellAway();
  subscription.tellAway();
  subscription.tellBack();
  subscription.tellBack();

  expect(toldTypes()).toEqual(['log_away', 'subscribed']);
});

test('one whose own log cannot be read is told after five seconds, also where it has begun, and hears nothing of main instead', () => {
  const { subscription, toldTypes } = subscribe();
  subscription.begin();
  subscription.noteFault();
  jest.advanceTimersByTime(4_900);
  subscription.noteFault();
  expect(toldTypes()).toEqual(['subscribed']);
  jest.advanceTimersByTime(100);
  subscription.noteFault();
  subscription.tellBack();
  expect(toldTypes()).toEqual(['log_away']);
  subscription.begin();

  expect(toldTypes()).toEqual(['subscribed']);
});
