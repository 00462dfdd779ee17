import type { Call } from '@darkroom/contract';
import { expect, test } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import { aCall, anEvent } from '../../test/call-builders.ts';
import type { CallPage } from '../calls/call-queries.ts';
import { everything } from '../gallery/filter-address.ts';
import { type CallList, callsOf } from './call-lists.ts';

// The client of the page is made for the page's own address.
Object.assign(globalThis, { location: { origin: 'http://localhost' } });
const { storeCall, storeEvents, storeNewCalls } = await import('./call-cache.ts');

const listOf = (...items: Call[]): CallList => ({ pages: [{ items, nextCursor: null }], pageParams: [null] });

/** A page whose list is being read: what main has read for it is older than whatever is stored before it is answered. */
function setUp(shown: CallList | undefined, filter = everything) {
  const queryKey = ['calls', { filter }];
  const queryClient = new QueryClient();
  if (shown !== undefined) queryClient.setQueryData(queryKey, shown);
  const answer = Promise.withResolvers<CallPage>();
  const reading = queryClient.fetchInfiniteQuery({
    queryKey,
    queryFn: () => answer.promise,
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }: CallPage) => nextCursor,
  });
  return {
    queryClient,
    async answerWith(...ids: string[]) {
      answer.resolve({ items: ids.map((id) => aCall({ id })), nextCursor: null });
      await reading;
      return callsOf(queryClient.getQueryData<CallList>(queryKey)).map(({ id, status }) => `${id} ${status}`);
    },
  };
}

test.each<[string, CallList | undefined]>([
  ['the first time', undefined],
  ['anew', listOf(aCall({ id: 'call_01' }))],
])(
  'a call that is made while the list is read %s is in the list, though main had read it before',
  async (_when, shown) => {
    const { queryClient, answerWith } = setUp(shown);
    storeCall(queryClient, aCall({ id: 'call_02' }));
    storeNewCalls(queryClient, [aCall({ id: 'call_03' })]);
    storeEvents(queryClient, [anEvent('call.processing', {}, { callId: 'call_02' })]);

    expect(await answerWith('call_01')).toEqual(['call_03 pending', 'call_02 processing', 'call_01 pending']);
  },
);

test('a call that comes to the status of a list while that is read is in the list, though main had read it before', async () => {
  const { queryClient, answerWith } = setUp(undefined, { ...everything, status: ['processing'] });
  queryClient.setQueryData(['calls', { filter: everything }], listOf(aCall({ id: 'call_02' })));
  storeEvents(queryClient, [anEvent('call.processing', {}, { callId: 'call_02' })]);

  expect(await answerWith()).toEqual(['call_02 processing']);
});

test('a call that the answer holds too is there once', async () => {
  const { queryClient, answerWith } = setUp(undefined);
  storeCall(queryClient, aCall({ id: 'call_02' }));

  expect(await answerWith('call_02', 'call_01')).toEqual(['call_02 pending', 'call_01 pending']);
});
