import type { Call } from '@darkroom/contract';
import type { QueryClient } from '@tanstack/react-query';
import { type CallPage, callsKey } from '../calls/call-queries.ts';
import { storeNewCalls } from './call-cache.ts';
import type { CallList } from './call-lists.ts';

/** How calls are read: pages of all, newest first, and one by its id. */
export interface CallReads {
  page: (cursor: string | null) => Promise<CallPage>;
  one: (id: string) => Promise<Call>;
}

const mostPages = 5;

/**
 * Puts calls that no list knows into the lists: reads pages until the oldest of them was met. Where there are too many for that, the lists begin
 * anew, as what lies between would never be read. Answers what was read.
 */
export async function addNewCalls(
  queryClient: QueryClient,
  newIds: ReadonlySet<string>,
  reads: Pick<CallReads, 'page'>,
): Promise<Call[]> {
  const [oldest = ''] = [...newIds].sort();
  const found: Call[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { items, nextCursor }: CallPage = await reads.page(cursor);
    found.push(...items);
    cursor = nextCursor;
    if (cursor === null || (items.at(-1)?.id ?? '') <= oldest) {
      storeNewCalls(queryClient, found);
      return found;
    }
  }
  queryClient.setQueriesData<CallList>({ queryKey: callsKey }, (list) => list && firstPageOf(list));
  await queryClient.invalidateQueries({ queryKey: callsKey, refetchType: 'all' });
  return found;
}

function firstPageOf({ pages, pageParams }: CallList): CallList {
  return { pages: pages.slice(0, 1), pageParams: pageParams.slice(0, 1) };
}
