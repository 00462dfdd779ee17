import { Counter, Histogram, type Registry } from 'prom-client';
import { isTerminal } from '@darkroom/contract';
import type { CallEventDraft } from '../events/append-events.ts';
import type { LockedCall } from '../calls/lock-call.ts';
import type { CallProjection } from '../calls/project-event.ts';

/** Counts what happens to calls. */
export interface CallMetrics {
  observe(before: ObservedCall, after: Pick<CallProjection, Observed>, events: readonly CallEventDraft[]): void;
}

type Observed = 'status' | 'error' | 'started_at' | 'first_claimed_at' | 'completed_at';
export type ObservedCall = Pick<LockedCall, 'integration' | 'operation' | 'queued_at' | Observed>;

export function createCallMetrics(registry: Registry): CallMetrics {
  const registers = [registry];
  const ended = new Counter({
    name: 'darkroom_calls_ended_total',
    help: 'Calls that have ended, by outcome and, for failed ones, by failure code.',
    labelNames: ['integration', 'operation', 'outcome', 'code'],
    registers,
  });
  const submissions = new Counter({
    name: 'darkroom_submissions_total',
    help: 'Submissions, by what became of them; `claimed` counts all.',
    labelNames: ['integration', 'outcome'],
    registers,
  });
  const seconds = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, labelNames: ['integration'], registers });
  const toStart = seconds(
    'darkroom_call_time_to_start_seconds',
    'From acceptance until the workflow had started.',
    waitingBuckets,
  );
  const toSubmit = seconds(
    'darkroom_call_time_to_submit_seconds',
    'From acceptance to the first claimed submission.',
    waitingBuckets,
  );
  const toFinish = seconds('darkroom_call_time_to_finish_seconds', 'From acceptance to the end.', workingBuckets);

  return {
    observe(before, after, events) {
      const { integration, operation, queued_at: queuedAt } = before;
      const observeTime = (histogram: Histogram, previous: Date | null, time: Date | null) => {
        if (previous === null && time !== null)
          histogram.observe({ integration }, Math.max(0, time.getTime() - queuedAt.getTime()) / 1000);
      };
      observeTime(toStart, before.started_at, after.started_at);
      observeTime(toSubmit, before.first_claimed_at, after.first_claimed_at);
      observeTime(toFinish, before.completed_at, after.completed_at);
      if (isTerminal(after.status) && !isTerminal(before.status)) {
        ended.inc({ integration, operation, outcome: after.status, code: after.error?.code ?? '' });
      }
      for (const event of events) {
        const outcome = submissionOutcomeOf(event);
        if (outcome !== undefined) submissions.inc({ integration, outcome });
      }
    },
  };
}

const waitingBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600];
const workingBuckets = [0.1, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 3600];

function submissionOutcomeOf({ type, data }: CallEventDraft): string | undefined {
  switch (type) {
    case 'call.submission_started':
      return 'claimed';
    case 'call.submitted':
      return 'accepted';
    case 'call.submission_refused':
      return 'refused';
    case 'call.submission_unknown':
      return 'unknown';
    case 'call.submission_reconciled':
      return `reconciled_${(data as { outcome: string }).outcome}`;
    default:
      return undefined;
  }
}
