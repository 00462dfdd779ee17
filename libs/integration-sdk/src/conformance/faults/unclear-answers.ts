import { completesAtOnce, followsTheProof, staysInDoubt, waitsForCallback } from '../expected-end.ts';
import type { OperationTraits } from '../operation-traits.ts';
import { type Fault, faults, onlyTasks } from './fault.ts';

const answeredOnce = (kind: string, title: string): Fault => ({
  title,
  plans: ({ prompt }) => [{ match: prompt, times: 1, fault: { kind } }],
  expected: (traits) => followsTheProof(traits, { charged: 1 }),
});

/** At the deadline the task has ended and called back: then the last look finds its result. */
const pastTheDeadline = (traits: OperationTraits) =>
  traits.callsBack ? { ...completesAtOnce, foundOut: 'accepted' as const } : staysInDoubt(traits, { charged: 1 });

/** Answers that do not tell whether the provider took the request. The simulator counts them as taken. */
export const unclearAnswers = faults({
  internal_error: answeredOnce('internal_error', '500 in the envelope'),
  unavailable_html: answeredOnce('unavailable_html', "503 as a proxy's HTML"),
  empty_502: answeredOnce('empty_502', '502 without a body'),
  empty_503: answeredOnce('empty_503', '503 without a body'),
  empty_504: answeredOnce('empty_504', '504 without a body'),
  empty_408: answeredOnce('empty_408', '408 without a body'),
  empty_499: answeredOnce('empty_499', '499 without a body'),
  submission_malformed: {
    ...answeredOnce('malformed_json', 'malformed JSON in place of an id'),
    deliveries: onlyTasks,
  },
  submission_without_id: {
    ...answeredOnce('empty_success', 'a success without an id'),
    deliveries: onlyTasks,
  },
  unavailable_html_not_taken: {
    title: "503 as a proxy's HTML, not taken",
    plans: ({ prompt }) => [{ match: prompt, times: 1, fault: { kind: 'unavailable_html', accepted: false } }],
    needsCleanList: ({ lists }) => lists,
    hasty: waitsForCallback,
    expected: (traits) => followsTheProof(traits, { charged: 0 }),
  },
  slow: {
    title: 'an answer past the deadline',
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'slow', latencyMs: 20_000 } }],
    hasty: () => true,
    expected: pastTheDeadline,
  },
  silent: {
    title: 'never an answer',
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'hang' } }],
    hasty: () => true,
    expected: pastTheDeadline,
  },
});
