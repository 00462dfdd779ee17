import { expect, test } from '@jest/globals';
import { failure } from './failure.ts';

test.each(['provider_response_invalid', 'result_unavailable', 'submission_outcome_unknown'] as const)(
  '%s is not to be repeated by itself: what it stands for was paid, or may have been',
  (code) => {
    expect(failure(code, 'What happened.').retryable).toBe(false);
  },
);
