import { followsThePolicy, isInDoubt } from '../expected-end.ts';
import { faults } from './fault.ts';

const answeredOnce = (kind: string, title: string) => ({
  title,
  plan: ({ prompt }: { prompt: string }) => ({ match: prompt, times: 1, fault: { kind } }),
  expected: (limits: Parameters<typeof followsThePolicy>[0]) => followsThePolicy(limits, { charged: 1 }),
});

/** Answers that do not tell whether the provider took the request. The simulator counts them as taken. */
export const unclearAnswers = faults({
  internal_error: answeredOnce('internal_error', '500 in the envelope'),
  unavailable_html: answeredOnce('unavailable_html', "503 as a proxy's HTML"),
  empty_502: answeredOnce('empty_502', '502 without a body'),
  empty_503: answeredOnce('empty_503', '503 without a body'),
  empty_504: answeredOnce('empty_504', '504 without a body'),
  empty_408: answeredOnce('empty_408', '408 without a body'),
  empty_499: answeredOnce('empty_499', '499 without a body'),
  unavailable_html_not_taken: {
    title: "503 as a proxy's HTML, not taken",
    plan: ({ prompt }) => ({ match: prompt, times: 1, fault: { kind: 'unavailable_html', accepted: false } }),
    expected: (limits) => followsThePolicy(limits, { charged: 0 }),
  },
  slow: {
    title: 'an answer past the deadline',
    plan: ({ prompt }) => ({ match: prompt, fault: { kind: 'slow', latencyMs: 20_000 } }),
    hasty: true,
    expected: () => isInDoubt({ charged: 1 }),
  },
  silent: {
    title: 'never an answer',
    plan: ({ prompt }) => ({ match: prompt, fault: { kind: 'hang' } }),
    hasty: true,
    expected: () => isInDoubt({ charged: 1 }),
  },
});
