import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Call, CallEvent } from '@darkroom/contract';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { aCall, anArtifact, anEvent } from '../../test/call-builders.ts';
import { everything } from '../gallery/filter-address.ts';
import { historyKey } from '../detail/history.ts';
import { type CallList, callsOf } from './call-lists.ts';

// The client of the page is made for the page's own address.
Object.assign(globalThis, { location: { origin: 'http://localhost' } });
const { LiveUpdates } = await import('./live-updates.ts');
const { batchKey } = await import('../batches/batch-queries.ts');

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A frame every 16 ms. */
const soon = (run: () => void) => {
  const timer = setTimeout(run, 16);
  return () => clearTimeout(timer);
};
const id = (place: number) => `call_${String(place).padStart(4, '0')}`;
const calls = (from: number, to: number): Call[] =>
  Array.from({ length: from - to + 1 }, (_value, index) => aCall({ id: id(from - index) }));

const allCalls = ['calls', { filter: { ...everything, status: [] } }];

function aPage(status: Call['status'][] = []) {
  const queryClient = new QueryClient();
  const queryKey = ['calls', { filter: { ...everything, status } }];
  const list: CallList = {
    pages: [{ items: status.length > 0 ? [] : calls(10, 1), nextCursor: null }],
    pageParams: [null],
  };
  queryClient.setQueryData(queryKey, list);
  return {
    queryClient,
    ids: () => callsOf(queryClient.getQueryData<CallList>(queryKey)).map((call) => call.id),
  };
}

/** Sixty calls in a page, the newest first, down to the first. */
const pagesFrom = (newest: number) =>
  jest.fn((cursor: string | null) => {
    const first = cursor === null ? newest : Number(cursor);
    const last = Math.max(1, first - 59);
    return Promise.resolve({ items: calls(first, last), nextCursor: last > 1 ? String(last - 1) : null });
  });
const one = (callId: string) => Promise.resolve(aCall({ id: callId, status: 'completed' }));
const accepted = (place: number) => anEvent('call.accepted', {}, { callId: id(place), callSequence: 1 });

test('however many calls come at once, none is missing from the list', async () => {
  const { queryClient, ids } = aPage();
  const updates = new LiveUpdates(queryClient, { page: pagesFrom(210), one }, soon);
  for (let place = 11; place <= 210; place += 1) updates.take(accepted(place));
  await jest.advanceTimersByTimeAsync(416);

  expect(ids()).toEqual(calls(210, 1).map((call) => call.id));
});

test('new calls that could not be read are read again', async () => {
  const { queryClient, ids } = aPage();
  const page = pagesFrom(11).mockRejectedValueOnce(new Error('away'));
  new LiveUpdates(queryClient, { page, one }, soon).take(accepted(11));
  await jest.advanceTimersByTimeAsync(5_416);

  expect(ids()[0]).toBe(id(11));
});

test('nothing is read again before the last reading has ended', async () => {
  const { queryClient } = aPage();
  const page = jest.fn(() => new Promise<never>(() => undefined));
  const updates = new LiveUpdates(queryClient, { page, one }, soon);
  updates.take(accepted(11));
  await jest.advanceTimersByTimeAsync(416);
  updates.take(accepted(12));
  await jest.advanceTimersByTimeAsync(4_000);

  expect(page).toHaveBeenCalledTimes(1);
});

test('a list of one status takes in a call that no list held', async () => {
  const { queryClient, ids } = aPage(['completed']);
  new LiveUpdates(queryClient, { page: pagesFrom(1), one }, soon).take(
    anEvent('call.completed', { output: {} }, { callId: id(7) }),
  );
  await jest.advanceTimersByTimeAsync(416);

  expect(ids()).toEqual([id(7)]);
});

test.each(['call.processing', 'call.completed'] as const)(
  'the counts of a batch under way are read again when a call that no list holds tells %s',
  async (type) => {
    const { queryClient } = aPage();
    const read = jest.fn(() => Promise.resolve({ id: 'batch_1' }));
    const observer = new QueryObserver(queryClient, {
      queryKey: batchKey('batch_1'),
      queryFn: read,
      staleTime: Infinity,
    });
    const unsubscribe = observer.subscribe(() => undefined);
    await jest.advanceTimersByTimeAsync(0);
    new LiveUpdates(queryClient, { page: pagesFrom(10), one }, soon).take(anEvent(type, {}, { callId: id(99) }));
    await jest.advanceTimersByTimeAsync(416);
    unsubscribe();

    expect(read).toHaveBeenCalledTimes(2);
  },
);

describe('the history of an open call', () => {
  const shown = aCall({ id: id(1), status: 'completed', output: { images: [anArtifact('art_1')] } });

  /** Answers how often the history was read when the events have come. */
  const readsAfter = async (events: CallEvent[], newest: Call) => {
    const { queryClient } = aPage();
    const read = jest.fn(() => Promise.resolve({ root: { call: shown, children: [] }, isWhole: true }));
    const unsubscribe = new QueryObserver(queryClient, {
      queryKey: [...historyKey, shown.id],
      queryFn: read,
      staleTime: Infinity,
    }).subscribe(() => undefined);
    await jest.advanceTimersByTimeAsync(0);
    const page = () => Promise.resolve({ items: [newest], nextCursor: null });
    const updates = new LiveUpdates(queryClient, { page, one }, soon);
    for (const event of events) updates.take(event);
    await jest.advanceTimersByTimeAsync(416);
    unsubscribe();
    return read.mock.calls.length;
  };

  test.each([
    ['an edit of its result is made', 2, accepted(11), { sourceArtifactIds: ['art_1'] }],
    ['a call of it ends', 2, anEvent('call.failed', {}, { callId: id(1) }), {}],
    ['another result is edited', 1, accepted(11), { sourceArtifactIds: ['art_2'] }],
    ['another call ends', 1, anEvent('call.completed', { output: {} }, { callId: id(2) }), {}],
  ])('when %s, was read %i times', async (_when, times, event, part) => {
    expect(await readsAfter([event], aCall({ id: id(11), ...part }))).toBe(times);
  });

  /** A history whose reading takes a second, while an event of its call, and a new call, come every 100 ms from `fromMs` to `toMs`. */
  const slowHistory = async (fromMs: number, toMs: number) => {
    const { queryClient } = aPage();
    const read = jest.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return { root: { call: shown, children: [] }, isWhole: true };
    });
    const queryKey = [...historyKey, shown.id];
    const unsubscribe = new QueryObserver(queryClient, { queryKey, queryFn: read }).subscribe(() => undefined);
    let newest = 10;
    const page = jest.fn((cursor: string | null) => pagesFrom(newest)(cursor));
    const updates = new LiveUpdates(queryClient, { page, one }, soon);
    await jest.advanceTimersByTimeAsync(fromMs);
    for (let at = fromMs; at < toMs; at += 100) {
      updates.take(anEvent('call.processing', {}, { callId: shown.id }));
      updates.take(accepted((newest += 1)));
      await jest.advanceTimersByTimeAsync(100);
    }
    return { read, page, query: queryClient.getQueryCache().find({ queryKey }), unsubscribe };
  };

  test('is read to its end though events of it come all the time, and no list waits for it', async () => {
    const { read, page, query, unsubscribe } = await slowHistory(1_000, 6_000);
    unsubscribe();

    expect(query?.state.dataUpdateCount).toBeGreaterThanOrEqual(3);
    expect(read.mock.calls.length - (query?.state.dataUpdateCount ?? 0)).toBeLessThanOrEqual(1);
    expect(page.mock.calls.length).toBeGreaterThan(5);
  });

  test('is read once more when something of it has changed while it was read for the first time', async () => {
    const { read, query, unsubscribe } = await slowHistory(100, 200);
    await jest.advanceTimersByTimeAsync(5_000);
    unsubscribe();

    expect([read.mock.calls.length, query?.state.dataUpdateCount]).toEqual([2, 2]);
  });
});

describe('the events of a frame', () => {
  const progress = (place: number, percent: number, callSequence: number) =>
    anEvent('call.progress', { percent }, { callId: id(place), callSequence });
  const percents = (queryClient: QueryClient) =>
    callsOf(queryClient.getQueryData<CallList>(allCalls)).map(({ progress: { percent } }) => percent);

  /** A hundred events of ten calls, in turn. */
  const hundred = Array.from({ length: 100 }, (_value, index) =>
    progress((index % 10) + 1, Math.floor(index / 10) + 1, Math.floor(index / 10) + 2),
  );

  test('cause one notification of whoever watches a list, however many they are', async () => {
    const { queryClient } = aPage();
    const told = jest.fn();
    const unsubscribe = new QueryObserver(queryClient, { queryKey: allCalls, staleTime: Infinity }).subscribe(told);
    await jest.advanceTimersByTimeAsync(0);
    told.mockClear();
    const updates = new LiveUpdates(queryClient, { page: pagesFrom(10), one }, soon);
    for (const event of hundred) updates.take(event);
    await jest.advanceTimersByTimeAsync(16);
    unsubscribe();

    expect(told).toHaveBeenCalledTimes(1);
    expect(percents(queryClient)).toEqual(Array.from({ length: 10 }, () => 10));
  });

  test('are shown in their order, and a list of one status takes in what ended among them', async () => {
    const { queryClient } = aPage();
    const completed = ['calls', { filter: { ...everything, status: ['completed'] } }];
    queryClient.setQueryData<CallList>(completed, { pages: [{ items: [], nextCursor: null }], pageParams: [null] });
    const updates = new LiveUpdates(queryClient, { page: pagesFrom(10), one }, soon);
    updates.take(progress(3, 40, 2));
    updates.take(anEvent('call.completed', { output: {} }, { callId: id(3), callSequence: 3 }));
    updates.take(progress(3, 90, 3));
    await jest.advanceTimersByTimeAsync(16);

    expect(callsOf(queryClient.getQueryData<CallList>(completed))).toMatchObject([
      { id: id(3), status: 'completed', progress: { percent: 40 } },
    ]);
  });

  test('are not lost when the page stops listening before the frame', () => {
    const { queryClient } = aPage();
    const updates = new LiveUpdates(queryClient, { page: pagesFrom(10), one }, soon);
    for (const event of hundred) updates.take(event);
    updates.stop();

    expect(percents(queryClient)).toEqual(Array.from({ length: 10 }, () => 10));
    expect(jest.getTimerCount()).toBe(0);
  });
});
