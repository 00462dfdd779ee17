import { randomUUID } from 'node:crypto';
import type { ReportedEvent } from '@darkroom/contract';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { askTheList, type ListNow } from '../test/ask-the-list.ts';

const claimedAt = new Date('2026-05-14T10:00:00.000Z');
const run = { runId: 'run', workflowId: 'workflow' };

beforeEach(() => void jest.useFakeTimers({ now: claimedAt }));
afterEach(() => void jest.useRealTimers());

/** The list shows the submission's own task, and meanwhile something else proves whose it is: a callback, or an answer on a lost worker's disk. */
const provenMeanwhile = (): ListNow => {
  let isProven = false;
  return async (main, { callId }) => {
    if (!isProven) {
      isProven = true;
      const claim = { ...run, attempt: 1, activityId: '1', claimToken: randomUUID(), credentialId: 'tiny:test' };
      await main.claim(callId, claim);
      const events: ReportedEvent[] = [
        {
          type: 'call.submission_reconciled',
          data: { attempt: 1, outcome: 'accepted', reason: 'It called back.', externalId: 'task-1' },
        },
      ];
      await main.report(callId, { ...run, reportId: 'run:1', events });
    }
    return [{ id: 'task-1', createdAt: new Date().toISOString() }];
  };
};

test('[P2] a task that is proven to be its own while the list is asked is no proof that there is none', async () => {
  const { result, known } = await askTheList(claimedAt, provenMeanwhile());
  expect(result).toMatchObject({ status: 'submitted', task: { externalId: 'task-1' } });
  expect(known.submissions).toMatchObject([{ attempt: 1, outcome: 'accepted', externalId: 'task-1' }]);
  expect(known.events).toHaveLength(1);
});
