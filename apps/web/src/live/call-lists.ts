import type { Call } from '@darkroom/contract';
import type { InfiniteData } from '@tanstack/react-query';
import type { CallPage } from '../calls/call-queries.ts';

export type CallList = InfiniteData<CallPage>;

/** The list with a call as it is now; the same list where it does not show it. */
export function replaceCall(list: CallList, id: string, change: (call: Call) => Call): CallList {
  const pageIndex = list.pages.findIndex(({ items }) => items.some((call) => call.id === id));
  if (pageIndex < 0) return list;
  const pages = list.pages.map((page, index) =>
    index === pageIndex ? { ...page, items: page.items.map((call) => (call.id === id ? change(call) : call)) } : page,
  );
  return { ...list, pages };
}

/** The list with calls as they are now; the same list, and the same pages, where nothing has changed. */
export function changeCalls(list: CallList, change: (call: Call) => Call): CallList {
  const pages = list.pages.map((page) => {
    const items = page.items.map(change);
    return items.every((call, index) => call === page.items[index]) ? page : { ...page, items };
  });
  return pages.every((page, index) => page === list.pages[index]) ? list : { ...list, pages };
}

/**
 * The list with calls that belong to it. Ids sort by the time that they were made, so that each finds its place and none comes twice. What lies
 * beyond the end of what was read is left to the next page.
 */
export function addCalls(list: CallList, added: readonly Call[], order: 'newest' | 'oldest'): CallList {
  const known = new Set(list.pages.flatMap(({ items }) => items.map(({ id }) => id)));
  const comesBefore = (left: Call, right: Call) => (order === 'newest' ? left.id > right.id : left.id < right.id);
  const hasMore = list.pages.at(-1)?.nextCursor !== null;
  const missing = Map.groupBy(
    added.filter(({ id }) => !known.has(id)),
    (call) => {
      const place = list.pages.findIndex(({ items }) => items.some((item) => comesBefore(call, item)));
      return place < 0 && !hasMore ? list.pages.length - 1 : place;
    },
  );
  missing.delete(-1);
  if (missing.size === 0) return list;
  const pages = list.pages.map((page, index) => {
    const ofPage = missing.get(index);
    if (ofPage === undefined) return page;
    const items = [...ofPage, ...page.items].sort((left, right) => (comesBefore(left, right) ? -1 : 1));
    return { ...page, items };
  });
  return { ...list, pages };
}

export function callsOf(list: CallList | undefined): Call[] {
  return list?.pages.flatMap(({ items }) => items) ?? [];
}
