import { describe, expect, test } from '@jest/globals';
import { decide, type Findings } from './decide.ts';

const now = new Date('2026-01-02T00:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const day = 86_400;

interface Given {
  call?: Partial<Findings['call']>;
  look?: Findings['look'];
  spooled?: boolean;
}

function verdictOn({ call = {}, look = { kind: 'running', runId: 'run' }, spooled = false }: Given) {
  return decide({
    call: {
      status: 'processing',
      limits: { deadlineSeconds: 600, maxSubmissions: 3, maxQueueSeconds: day, whenOutcomeUnknown: 'fail' },
      queued_at: ago(3600),
      start_attempted_at: ago(3600),
      lease_until: null,
      first_claimed_at: null,
      submissions_accepted: 0,
      progress: { currentStep: 'submitting', completedSteps: ['queued'] },
      now,
      ...call,
    },
    look,
    spooled,
    retentionSeconds: 3 * day,
    marginSeconds: 300,
    storageRetrySeconds: day,
  });
}

const notFound = { kind: 'not_found' } as const;

describe('a pending call whose workflow the engine does not know', () => {
  const pending = { status: 'pending' } as const;

  test('goes to the dispatcher where its start was never attempted, or not longer ago than half the retention', () => {
    expect(verdictOn({ call: { ...pending, start_attempted_at: null }, look: notFound })).toEqual({ kind: 'dispatch' });
    const call = {
      ...pending,
      limits: { deadlineSeconds: 1, maxSubmissions: 1, maxQueueSeconds: 30 * day, whenOutcomeUnknown: 'fail' },
    } as const;
    expect(verdictOn({ call: { ...call, start_attempted_at: ago(1.49 * day) }, look: notFound })).toEqual({
      kind: 'dispatch',
    });
    expect(verdictOn({ call: { ...call, start_attempted_at: ago(1.51 * day) }, look: notFound }).kind).toBe('end');
  });

  test('ends where it waited longer than it may', () => {
    expect(verdictOn({ call: { ...pending, queued_at: ago(day) }, look: notFound })).toEqual({ kind: 'end_waiting' });
  });

  test('is left alone while somebody is starting it', () => {
    expect(verdictOn({ call: { ...pending, lease_until: ago(-1) }, look: notFound })).toEqual({ kind: 'leave' });
    expect(verdictOn({ call: { ...pending, lease_until: ago(1) }, look: notFound })).toEqual({ kind: 'dispatch' });
  });
});

describe('a call whose workflow the engine knows', () => {
  test('is confirmed where nobody had confirmed it, has its result applied, or ends', () => {
    expect(verdictOn({ call: { status: 'pending' } })).toEqual({ kind: 'confirm', runId: 'run' });
    expect(verdictOn({ look: { kind: 'completed', runId: 'run' } })).toEqual({ kind: 'apply_result', runId: 'run' });
    expect(verdictOn({ look: { kind: 'ended', runId: 'run', how: 'terminated' } }).kind).toBe('end');
    expect(verdictOn({ look: notFound }).kind).toBe('end');
  });
});

describe('a running workflow', () => {
  const claimed = (seconds: number) => ({ first_claimed_at: ago(seconds) });

  test('has its deadline and the margin, counted from the first claim', () => {
    expect(verdictOn({ call: claimed(900) })).toEqual({ kind: 'leave' });
    expect(verdictOn({ call: claimed(901) }).kind).toBe('terminate');
  });

  test('that may hold a paid result has the time to store it as well', () => {
    const late = 600 + 300 + day;
    const alive = { kind: 'running', runId: 'run', lastHeartbeatAt: ago(10) } as const;
    const stored = { submissions_accepted: 1, progress: { currentStep: 'storing', completedSteps: [] } };
    const holding: Given[] = [{ spooled: true }, { call: stored }, { look: alive }];
    for (const given of holding) {
      expect(verdictOn({ ...given, call: { ...given.call, ...claimed(late) } })).toEqual({ kind: 'leave' });
      expect(verdictOn({ ...given, call: { ...given.call, ...claimed(late + 1) } }).kind).toBe('terminate');
    }
    const silent = { ...alive, lastHeartbeatAt: ago(301) };
    expect(verdictOn({ look: silent, call: claimed(901) }).kind).toBe('terminate');
  });

  test('whose provider still generates has no result to store: a poll that beats gets one more margin', () => {
    const alive = { kind: 'running', runId: 'run', lastHeartbeatAt: ago(10) } as const;
    for (const currentStep of ['generating', 'queued at the provider']) {
      const given = (seconds: number) => ({
        ...claimed(seconds),
        submissions_accepted: 1,
        progress: { currentStep, completedSteps: [] },
      });
      expect(verdictOn({ call: given(900) })).toEqual({ kind: 'leave' });
      expect(verdictOn({ call: given(901) }).kind).toBe('terminate');
      expect(verdictOn({ call: given(1200), look: alive })).toEqual({ kind: 'leave' });
      expect(verdictOn({ call: given(1201), look: alive }).kind).toBe('terminate');
      expect(verdictOn({ call: given(900 + day), spooled: true })).toEqual({ kind: 'leave' });
    }
  });

  test('that has claimed nothing has the time that a call may wait', () => {
    expect(verdictOn({ call: { queued_at: ago(day + 300) } })).toEqual({ kind: 'leave' });
    expect(verdictOn({ call: { queued_at: ago(day + 301) } }).kind).toBe('terminate');
  });
});
