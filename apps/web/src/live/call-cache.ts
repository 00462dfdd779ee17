import type { Call, CallEvent } from '@darkroom/contract';
import { notifyManager, type QueryClient } from '@tanstack/react-query';
import { callEventsKey, callKey, type CallListScope, callsKey, orderOf } from '../calls/call-queries.ts';
import { matchesFilter } from '../gallery/filter-address.ts';
import { applyEvent } from './apply-event.ts';
import { addCalls, type CallList, changeCalls, replaceCall } from './call-lists.ts';
import { knownEvents } from './known-events.ts';

/** Shows a call everywhere as it was answered just now. */
export function storeCall(queryClient: QueryClient, answered: Call): void {
  const call = knownEvents.applyTo(answered);
  queryClient.setQueryData(callKey(call.id), call);
  changeLists(queryClient, (list, scope) => {
    const replaced = replaceCall(list, call.id, () => call);
    return replaced === list && belongs(call, scope) ? addCalls(list, [call], orderOf(scope)) : replaced;
  });
  keepThroughReadings(queryClient, [call]);
}

/** What was shown of a call before events, and is now. */
export interface ShownChange {
  before: Call;
  after: Call;
}

/**
 * Shows events everywhere, in their order. Whoever watches a list is told once, however many they are: looking through ten thousand calls at each
 * of a hundred events would keep the page from moving. Answers what became of the calls that something shows, by their ids.
 */
export function storeEvents(queryClient: QueryClient, events: readonly CallEvent[]): Map<string, ShownChange> {
  for (const event of events) knownEvents.note(event);
  const byCall = Map.groupBy(events, ({ callId }) => callId);
  const changes = new Map<string, ShownChange>();
  const change = (before: Call): Call => {
    const after = byCall.get(before.id)?.reduce(applyEvent, before);
    if (after !== undefined) changes.set(before.id, { before, after });
    return after ?? before;
  };
  notifyManager.batch(() => {
    for (const [callId, ofCall] of byCall) {
      const call = queryClient.getQueryData<Call>(callKey(callId));
      const changed = call && change(call);
      if (changed !== call) queryClient.setQueryData(callKey(callId), changed);
      const log = queryClient.getQueryData<CallEvent[]>(callEventsKey(callId));
      if (log !== undefined) queryClient.setQueryData(callEventsKey(callId), continued(log, ofCall));
    }
    const lists = queryClient
      .getQueriesData<CallList>({ queryKey: callsKey })
      .map(([queryKey, list]) => ({ queryKey, list, changed: list && changeCalls(list, change) }));
    // A list of one status takes in what has come to that status.
    const moved = [...changes.values()].filter(({ before, after }) => before.status !== after.status);
    const present = moved.map(({ after }) => after);
    for (const { queryKey, list, changed } of lists) {
      if (changed === undefined) continue;
      const scope = queryKey[1] as CallListScope;
      const whole = withCalls(changed, present, scope);
      if (whole !== list) queryClient.setQueryData(queryKey, whole);
    }
    if (present.length > 0) keepThroughReadings(queryClient, present);
  });
  return changes;
}

function continued(log: readonly CallEvent[], events: readonly CallEvent[]): CallEvent[] {
  const whole = [...log];
  for (const event of events) if (event.sequence > (whole.at(-1)?.sequence ?? 0)) whole.push(event);
  return whole;
}

/** Puts calls that were found into every list that they belong to. */
export function storeNewCalls(queryClient: QueryClient, calls: readonly Call[]): void {
  changeLists(queryClient, (list, scope) => withCalls(list, calls, scope));
  keepThroughReadings(queryClient, calls);
}

/**
 * A list that is being read may have been read before these calls belonged to it, and takes the place of the one that shows them. No event would
 * bring them back, so that they are put into it again.
 */
function keepThroughReadings(queryClient: QueryClient, calls: readonly Call[]): void {
  for (const { queryKey, promise } of queryClient
    .getQueryCache()
    .findAll({ queryKey: callsKey, fetchStatus: 'fetching' })) {
    const addAgain = () =>
      queryClient.setQueryData<CallList>(queryKey, (list) => {
        const present = calls.map((call) => knownEvents.applyTo(call));
        return list && withCalls(list, present, queryKey[1] as CallListScope);
      });
    // Where it could not be read, the one that shows them stays.
    promise?.then(addAgain, () => undefined);
  }
}

function withCalls(list: CallList, calls: readonly Call[], scope: CallListScope): CallList {
  return addCalls(
    list,
    calls.filter((call) => belongs(call, scope)),
    orderOf(scope),
  );
}

/** Whether some list shows what is in this status and nothing else: a call that comes to it belongs there. */
export function takesIn(queryClient: QueryClient, status: Call['status']): boolean {
  return queryClient
    .getQueryCache()
    .findAll({ queryKey: callsKey })
    .some(({ queryKey }) => (queryKey[1] as CallListScope).filter.status.includes(status));
}

function belongs(call: Call, { filter, batchId, sourceArtifactId }: CallListScope): boolean {
  if (batchId !== undefined && call.batchId !== batchId) return false;
  if (sourceArtifactId !== undefined) return false;
  return matchesFilter(call, filter);
}

function changeLists(queryClient: QueryClient, change: (list: CallList, scope: CallListScope) => CallList): void {
  for (const [queryKey, list] of queryClient.getQueriesData<CallList>({ queryKey: callsKey })) {
    if (list === undefined) continue;
    const changed = change(list, queryKey[1] as CallListScope);
    if (changed !== list) queryClient.setQueryData(queryKey, changed);
  }
}
