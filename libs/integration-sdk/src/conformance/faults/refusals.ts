import {
  completesAfterRefusal,
  completesAtOnce,
  followsTheProof,
  isRefused,
  isRefusedToTheEnd,
} from '../expected-end.ts';
import { faults } from './fault.ts';

/** The provider answers in its own envelope that it did not take the request. */
export const refusals = faults({
  none: {
    title: 'no fault',
    expected: ({ callsBack }) => ({ ...completesAtOnce, ...(callsBack && { callbacks: 200 }) }),
  },
  unauthorized: {
    title: '401',
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'unauthorized' } }],
    expected: () => isRefused('provider_authentication'),
  },
  key_in_message: {
    title: '401 that repeats the key',
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'leaks_key' } }],
    expected: () => isRefused('provider_authentication'),
  },
  bad_request: {
    title: '400',
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'bad_request' } }],
    expected: () => isRefused('provider_rejected'),
  },
  rate_limited: {
    title: '429, once',
    plans: ({ prompt }) => [{ match: prompt, times: 1, fault: { kind: 'rate_limited' } }],
    expected: () => completesAfterRefusal,
  },
  rate_limited_with_wait: {
    title: '429 with a time to wait, once',
    plans: ({ prompt }) => [{ match: prompt, times: 1, fault: { kind: 'rate_limited', retryAfterSeconds: 3 } }],
    expected: () => ({ ...completesAfterRefusal, waitSeconds: 3 }),
  },
  rate_limited_for_the_day: {
    title: '429 for the day',
    plans: ({ prompt }) => [
      { match: prompt, fault: { kind: 'rate_limited', perDay: true, retryAfterSeconds: 50_000 } },
    ],
    expected: () => isRefused('provider_quota_exceeded'),
  },
  quota_exceeded: {
    title: 'no quota left',
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'quota_exceeded' } }],
    expected: () => isRefused('provider_quota_exceeded'),
  },
  unavailable: {
    title: '503 in the envelope, once',
    plans: ({ prompt }) => [{ match: prompt, times: 1, fault: { kind: 'unavailable_envelope' } }],
    needsCleanList: ({ lists, isUnclearWhenUnavailable }) => lists && isUnclearWhenUnavailable,
    expected: (traits) =>
      traits.isUnclearWhenUnavailable ? followsTheProof(traits, { charged: 0 }) : completesAfterRefusal,
  },
  unavailable_for_good: {
    title: '503 in the envelope, always',
    findObstacle: ({ isUnclearWhenUnavailable }) =>
      isUnclearWhenUnavailable ? "The provider's 503 leaves it open: once says all." : undefined,
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'unavailable_envelope' } }],
    expected: (traits) => isRefusedToTheEnd('provider_unavailable', traits),
  },
});
