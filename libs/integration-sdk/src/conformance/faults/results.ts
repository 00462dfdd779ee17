import type { FailureCode } from '@darkroom/contract';
import { completesAtOnce, isTakenInVain } from '../expected-end.ts';
import { type Fault, faults, onlyTasks, type SimulatorPlan } from './fault.ts';

type PlannedFault = NonNullable<SimulatorPlan['fault']>;

const useless = (title: string, fault: PlannedFault, code: FailureCode): Fault => ({
  title,
  deliveries: onlyTasks,
  plans: ({ prompt }) => [{ match: prompt, fault }],
  expected: () => isTakenInVain(code),
});

const byAddress = (title: string, fault: PlannedFault, code: FailureCode): Fault => ({
  title,
  findObstacle: ({ deliversAddresses }) =>
    deliversAddresses ? undefined : 'The result comes with the answer, not by an address.',
  plans: ({ prompt }) => [{ match: prompt, fault }],
  expected: () => isTakenInVain(code),
});

const downloaded = (title: string, fault: PlannedFault): Fault => ({
  title,
  deliveries: onlyTasks,
  plans: ({ prompt }) => [{ match: prompt, on: 'download', times: 1, fault }],
  expected: () => completesAtOnce,
});

/** The task succeeds, and its file is not what was promised or cannot be had. */
export const results = faults({
  result_not_media: useless('a result that is text', { kind: 'result_not_media' }, 'provider_response_invalid'),
  result_truncated: useless('a truncated result', { kind: 'result_truncated' }, 'provider_response_invalid'),
  result_wrong_type: useless(
    'a video in place of an image, or the reverse',
    { kind: 'result_wrong_type' },
    'provider_response_invalid',
  ),
  result_too_large: useless(
    'a result of 2 GB',
    { kind: 'result_too_large', megabytes: 2048 },
    'provider_response_invalid',
  ),
  result_endless: useless(
    'a result of 2 GB that does not say so',
    { kind: 'result_too_large', megabytes: 2048, declared: false },
    'provider_response_invalid',
  ),
  result_slow: {
    title: 'a result that comes late',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'result_slow', latencyMs: 1_500 } }],
    expected: () => completesAtOnce,
  },
  download_unavailable: downloaded("a download: 503 as a proxy's HTML, once", { kind: 'unavailable_html' }),
  download_reset: downloaded('a download: reset, once', { kind: 'reset' }),
  download_broken: downloaded('a download: reset in the middle, once', { kind: 'reset_mid_answer' }),
  address_is_private: byAddress(
    'a result at a private address',
    { kind: 'url_to_private_address' },
    'provider_response_invalid',
  ),
  address_redirects_to_private: byAddress(
    'a result that redirects to a private address',
    { kind: 'url_redirects_to_private' },
    'provider_response_invalid',
  ),
  address_expired: byAddress(
    'a result whose address has expired',
    { kind: 'url_expired', status: 404 },
    'result_unavailable',
  ),
});
