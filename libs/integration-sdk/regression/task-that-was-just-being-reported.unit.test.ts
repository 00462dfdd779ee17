import { randomUUID } from 'node:crypto';
import { createId, type ReportedEvent } from '@darkroom/contract';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { askTheList, type ListNow } from '../test/ask-the-list.ts';

const claimedAt = new Date('2026-05-14T10:00:00.000Z');
const run = { runId: 'run', workflowId: 'workflow' };
const looks = 4;

beforeEach(() => void jest.useFakeTimers({ now: claimedAt }));
afterEach(() => void jest.useRealTimers());

/** The last look shows a task of another call, of which `main` hears a second later, or never. */
const madeMeanwhile = ({ isReported }: { isReported: boolean }): ListNow => {
  let asked = 0;
  return async (main, call) => {
    asked += 1;
    if (asked < looks) return [];
    const other = { ...call, callId: createId('call') };
    main.accept(other);
    for (const { callId } of [call, other]) {
      const claim = { ...run, attempt: 1, activityId: '1', claimToken: randomUUID(), credentialId: 'tiny:test' };
      await main.claim(callId, claim);
    }
    const events: ReportedEvent[] = [
      { type: 'call.submitted', data: { attempt: 1, externalId: 'of-another', awaitsResult: true } },
    ];
    const report = () => main.report(other.callId, { ...run, reportId: 'run:1', events });
    if (isReported) setTimeout(() => void report(), 1_000);
    return [{ id: 'of-another', createdAt: new Date().toISOString() }];
  };
};

test('[P2] a task that another call made during the last look at the list leaves no doubt once it is reported', async () => {
  const { result, known } = await askTheList(claimedAt, madeMeanwhile({ isReported: true }));
  expect(result).toMatchObject({ status: 'retry' });
  expect(known.events).toMatchObject([{ type: 'call.submission_reconciled', data: { outcome: 'refused' } }]);
});

test('[P2] a worker that is told to stop meanwhile gives the work back and does not end the call in doubt', async () => {
  const stop = new AbortController();
  const madeAndStopped: ListNow = async (main, call) => {
    const shown = await made(main, call);
    if (shown.length > 0) stop.abort();
    return shown;
  };
  const made = madeMeanwhile({ isReported: true });
  await expect(askTheList(claimedAt, madeAndStopped, { stopping: stop.signal })).rejects.toThrow(
    'The worker hands the work back',
  );
});

test('[P2] one that nobody reports does', async () => {
  const { result } = await askTheList(claimedAt, madeMeanwhile({ isReported: false }));
  expect(result).toMatchObject({ status: 'unproven', candidates: ['of-another'] });
});
