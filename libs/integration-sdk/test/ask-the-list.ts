import { type CallWorkflowInput, createId } from '@darkroom/contract';
import { jest } from '@jest/globals';
import { createLateAnswers } from '../src/worker/late-answers.ts';
import type { Logger } from '../src/worker/logger.ts';
import { createPollBudget } from '../src/worker/poll-budget.ts';
import { activityOf } from './follow-call.ts';
import { createInMemoryMain, type InMemoryMain } from './in-memory-main.ts';
import type { TinyContext } from './rig.ts';
import { createActivities } from './tiny/activities.ts';

const logger = { warn: () => undefined, error: () => undefined, child: () => logger } as unknown as Logger;

/** What the provider's list shows when it is asked, and what happens meanwhile. */
export type ListNow = (main: InMemoryMain, call: CallWorkflowInput) => Promise<{ id: string; createdAt: string }[]>;

/** Reconciles a submission that nobody answered by the provider's list, with pretended time; answers when the list was asked, in seconds, and what `main` knows at the end. */
export async function askTheList(claimedAt: Date, list: ListNow, more: Partial<TinyContext> = {}) {
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
      async query() {
        asked.push((Date.now() - claimedAt.getTime()) / 1000);
        const body = Buffer.from(JSON.stringify({ items: await list(main, call) }));
        return { kind: 'answered', response: { status: 200, headers: {}, body } };
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
  // It may reject while the time goes on; who asked hears of it then.
  reconciling.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(120_000);
  return { asked, result: await reconciling, known: main.call(call.callId) };
}
