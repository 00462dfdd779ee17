import { createId } from '@darkroom/contract';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { activityOf } from '../../test/follow-call.ts';
import { createInMemoryMain } from '../../test/in-memory-main.ts';
import type { TinyContext } from '../../test/rig.ts';
import { createActivities } from '../../test/tiny/activities.ts';
import { createLateAnswers } from './late-answers.ts';
import type { Logger } from './logger.ts';
import { createPollBudget } from './poll-budget.ts';

const claimedAt = new Date('2026-05-14T10:00:00.000Z');
const logger = { warn: () => undefined, error: () => undefined, child: () => logger } as unknown as Logger;

beforeEach(() => void jest.useFakeTimers({ now: claimedAt }));
afterEach(() => void jest.useRealTimers());

/** Reconciles a submission that nobody answered by an empty list, and answers when the list was asked, in seconds. */
async function askTheList(more: Partial<TinyContext>) {
  const main = createInMemoryMain();
  const call = {
    callId: createId('call'),
    accountId: 'default',
    integration: 'tiny',
    operation: 'paint',
    input: { prompt: 'a lighthouse' },
    limits: { deadlineSeconds: 600, maxSubmissions: 3, maxQueueSeconds: 600, whenOutcomeUnknown: 'fail' as const },
    acceptedAt: claimedAt.toISOString(),
    storageRetrySeconds: 60,
  };
  main.accept(call);
  const asked: number[] = [];
  const context = {
    settings: {},
    settingsOf: () => ({ apiKey: 'key', url: 'https://provider.example/' }),
    pollBudgetOf: () => createPollBudget({ perSecond: 1_000 }),
    links: { callbackUrl: () => undefined },
    secrets: [],
    credentialId: 'tiny:test',
    main,
    localSpool: { touch: async () => undefined },
    lateAnswers: createLateAnswers(),
    providerHttp: {
      query() {
        asked.push((Date.now() - claimedAt.getTime()) / 1000);
        const body = Buffer.from(JSON.stringify({ items: [] }));
        return Promise.resolve({ kind: 'answered', response: { status: 200, headers: {}, body } });
      },
    },
    logger,
    now: () => new Date(),
    stopping: new AbortController().signal,
    ...more,
  } as unknown as TinyContext;
  const input = {
    call,
    reportNumber: 2,
    sentBefore: 0,
    submission: {
      attempt: 1,
      credentialId: 'tiny:test',
      reason: 'reset',
      claimedAt: claimedAt.toISOString(),
      endedAt: claimedAt.toISOString(),
      deadlineAt: new Date(claimedAt.getTime() + 600_000).toISOString(),
      byCallback: false,
      byListing: true,
    },
    by: { way: 'ask_list' as const },
  };
  const reconciling = activityOf(call.callId, 'run').run(createActivities(context).paintReconcile, input);
  await jest.advanceTimersByTimeAsync(120_000);
  return { asked, result: await reconciling };
}

test('a list that shows no task is asked four times over a minute before it counts as proof', async () => {
  const { asked, result } = await askTheList({});
  expect(asked).toEqual([0, 20, 40, 60]);
  expect(result).toMatchObject({ status: 'retry' });
});

test('the operator may say over how long', async () => {
  expect((await askTheList({ absenceWindowSeconds: 9 })).asked).toEqual([0, 3, 6, 9]);
});
