import { DarkroomError } from '@darkroom/client';
import type { Call, CallEvent, Integration } from '@darkroom/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { darkroom } from '../darkroom/darkroom.ts';
import { everything, type GalleryFilter, toCallQuery } from '../gallery/filter-address.ts';
import { knownEvents } from '../live/known-events.ts';

/** Which calls a list shows. */
export interface CallListScope {
  filter: GalleryFilter;
  batchId?: string | undefined;
  /** The calls that were made from this result. */
  sourceArtifactId?: string | undefined;
}

export interface CallPage {
  items: Call[];
  nextCursor: string | null;
}

export const callsKey = ['calls'] as const;
export const callKey = (id: string) => ['call', id] as const;
export const callEventsKey = (id: string) => ['call-events', id] as const;
const callsInPage = 60;

/** What a list begins with: a batch with its first line. */
export const orderOf = ({ batchId }: CallListScope): 'newest' | 'oldest' =>
  batchId === undefined ? 'newest' : 'oldest';

/** Calls in the order of their list, page by page. */
export function callList(scope: CallListScope) {
  return infiniteQueryOptions({
    queryKey: [...callsKey, scope] as const,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => fetchCalls(scope, { cursor: pageParam, signal }),
    getNextPageParam: ({ nextCursor }: CallPage) => nextCursor,
  });
}

/** Everything that the account makes. */
export const latestCalls = () => callList({ filter: everything });

/** One page of a list of calls. */
export async function fetchCalls(
  scope: CallListScope,
  { cursor = null, ...options }: { cursor?: string | null; signal?: AbortSignal } = {},
): Promise<CallPage> {
  const { filter, batchId, sourceArtifactId } = scope;
  const query = {
    ...toCallQuery(filter),
    order: orderOf(scope),
    ...(batchId !== undefined && { batchId }),
    ...(sourceArtifactId !== undefined && { sourceArtifactId }),
    ...(cursor !== null && { cursor }),
    limit: callsInPage,
  };
  const { items, nextCursor } = await darkroom.calls.list(query, options);
  return { items: items.map((call) => knownEvents.applyTo(call)), nextCursor };
}

export function oneCall(id: string) {
  return queryOptions({
    queryKey: callKey(id),
    queryFn: async ({ signal }): Promise<Call> => knownEvents.applyTo(await darkroom.calls.get(id, { signal })),
  });
}

const eventsInPage = 1000;

/** The log of a call in its order, as far as it is kept. */
export function eventsOfCall(id: string) {
  return queryOptions({
    queryKey: callEventsKey(id),
    queryFn: async ({ signal }): Promise<CallEvent[]> => {
      const events: CallEvent[] = [];
      for (let after = 0; ; after = events.at(-1)?.sequence ?? after) {
        const page = await eventsBehind(id, { after, signal });
        events.push(...page.items);
        if (page.items.length < eventsInPage) return knownEvents.continueLog(id, events);
      }
    },
  });
}

/** One page of them; retention may have removed the first. */
async function eventsBehind(id: string, { after, signal }: { after: number; signal: AbortSignal }) {
  const read = (from: number) => darkroom.calls.events(id, { after: from, limit: eventsInPage }, { signal });
  try {
    return await read(after);
  } catch (error) {
    if (!(error instanceof DarkroomError) || error.removedThrough === undefined) throw error;
    return read(error.removedThrough);
  }
}

export function integrations() {
  return queryOptions({
    queryKey: ['integrations'],
    queryFn: ({ signal }): Promise<Integration[]> => darkroom.integrations.list({ signal }),
  });
}
