import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { CallWork } from './call-work.ts';
import { createPollBudget } from './poll-budget.ts';
import type { ListOutcome } from './poll-handler.ts';
import { proveAbsence } from './prove-absence.ts';

const claimedAt = '2026-05-14T10:00:00.000Z';
const submission = {
  attempt: 1,
  credentialId: 'tiny:test',
  reason: 'reset',
  claimedAt,
  endedAt: '2026-05-14T10:00:01.000Z',
  deadlineAt: '2026-05-14T11:00:00.000Z',
  byCallback: false,
  byListing: true,
};
/** Seconds after the claim. */
const at = (externalId: string, seconds: number) => ({
  externalId,
  createdAt: new Date(Date.parse(claimedAt) + seconds * 1000),
});
type Page = Omit<Extract<ListOutcome, { kind: 'listed' }>, 'kind'>;

/** The proof against a list of these pages, and how many of them each look asked for. */
async function prove(pages: Page[], claimed: string[] = []) {
  const asked: number[] = [];
  const budget = createPollBudget({ perSecond: 1_000 });
  const work = {
    attempt: 1,
    operation: { input: z.object({}) },
    call: { integration: 'tiny', input: {} },
    logger: { warn: () => undefined },
    context: {
      settingsOf: () => ({}),
      pollBudgetOf: () => budget,
      secrets: [],
      now: () => new Date(),
      stopping: new AbortController().signal,
      main: { claimedExternalIds: () => Promise.resolve({ claimed }) },
      providerHttp: {
        query: ({ url }: { url: string }) =>
          Promise.resolve({
            kind: 'answered',
            response: { status: 200, headers: {}, body: Buffer.from(new URL(url).searchParams.get('page') ?? '') },
          }),
      },
    },
  } as unknown as CallWork;
  const absence = await proveAbsence(work, {
    submission,
    windowSeconds: 0.003,
    listing: {
      toListRequest({ page }) {
        asked.push(page);
        return { method: 'GET', url: `https://provider.example/tasks?page=${page}`, headers: {} };
      },
      fromListResponse({ response }) {
        const page = pages[Number(Buffer.from(response.body).toString()) - 1];
        return { kind: 'listed', ...(page ?? { tasks: [], hasMore: false }) };
      },
    },
  });
  return { absence, pagesOfALook: Math.max(...asked) };
}

describe('the list', () => {
  test('is read until tasks are older than the submission, where the newest come first', async () => {
    const pages = [
      { tasks: [at('mine', 1), at('old', -1_000)], hasMore: true },
      { tasks: [at('older', -1_100)], hasMore: false },
    ];
    expect(await prove(pages, ['mine'])).toEqual({ absence: { kind: 'absent' }, pagesOfALook: 1 });
  });

  test('is read to its end where it is in no such order: the task may stand after an older one', async () => {
    const pages = [
      { tasks: [at('older', -1_100), at('old', -1_000)], hasMore: true },
      { tasks: [at('lost', 1)], hasMore: false },
    ];
    expect((await prove(pages)).absence).toMatchObject({ kind: 'unproven', candidates: ['lost'] });
  });

  test('may date a task later than we saw the request end', async () => {
    const pages = [{ tasks: [at('lost', 3_000)], hasMore: false }];
    expect((await prove(pages)).absence).toMatchObject({ kind: 'unproven', candidates: ['lost'] });
  });

  test('may date a task long before the claim: the clock of the worker may be ahead', async () => {
    const pages = [
      { tasks: [at('lost', -600)], hasMore: true },
      { tasks: [at('older', -1_000)], hasMore: false },
    ];
    expect((await prove(pages)).absence).toMatchObject({ kind: 'unproven', candidates: ['lost'] });
    expect((await prove(pages, ['lost'])).absence).toEqual({ kind: 'absent' });
  });

  test('has as many tasks as it says, however its pages are cut', async () => {
    const pages = [
      { tasks: [at('a', 2)], hasMore: false, total: 2 },
      { tasks: [at('lost', 1)], hasMore: false, total: 2 },
    ];
    expect((await prove(pages, ['a'])).absence).toMatchObject({ kind: 'unproven', candidates: ['lost'] });
    const full = [{ tasks: [at('a', 2), at('b', 1)], hasMore: true, total: 2 }];
    expect(await prove(full, ['a', 'b'])).toEqual({ absence: { kind: 'absent' }, pagesOfALook: 1 });
  });

  test('that shows fewer than it says proves nothing', async () => {
    const pages = [{ tasks: [at('a', 2)], hasMore: false, total: 3 }];
    expect((await prove(pages, ['a'])).absence).toMatchObject({ kind: 'unproven' });
  });
});
