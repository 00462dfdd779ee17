import { describe, expect, test } from '@jest/globals';
import { callReportSchema } from './call-report.schema.ts';
import { failure } from './failure.ts';

const envelope = { reportId: 'run:1', runId: 'run', workflowId: 'call_1' };

describe('reports', () => {
  test('a workflow may report what happened to a submission and how its call ended', () => {
    const events = [
      { type: 'call.submission_unknown', data: { attempt: 1, reason: 'reset after sending', next: 'fail' } },
      { type: 'call.failed', data: { error: failure('submission_outcome_unknown', 'Ask the provider.') } },
    ];
    expect(callReportSchema.parse({ ...envelope, events }).events).toHaveLength(2);
  });

  test.each(['call.accepted', 'call.processing', 'call.submission_started', 'call.invented'])(
    'a workflow may not report %s: that is for main to say',
    (type) => {
      expect(callReportSchema.safeParse({ ...envelope, events: [{ type, data: {} }] }).success).toBe(false);
    },
  );

  test('a failure outside the closed list is refused', () => {
    const error = { code: 'bad_luck', message: 'no', retryable: true };
    expect(
      callReportSchema.safeParse({ ...envelope, events: [{ type: 'call.failed', data: { error } }] }).success,
    ).toBe(false);
  });

  test('a code decides whether a failure is retryable, unless the provider says otherwise', () => {
    expect(failure('provider_unavailable', 'away').retryable).toBe(true);
    expect(failure('submission_outcome_unknown', 'unknown').retryable).toBe(false);
    expect(failure('provider_quota_exceeded', 'tomorrow', { retryable: true }).retryable).toBe(true);
  });
});
