import type { Call } from '@darkroom/contract';
import type { Query, QueryClient } from '@tanstack/react-query';
import { artifactsOf } from '../calls/artifacts-of-call.ts';
import { type History, type HistoryNode, historyKey } from '../detail/history.ts';

interface Changes {
  /** Calls that have another status. */
  changedIds: ReadonlySet<string>;
  /** Results that something new was made from. */
  sourceIds: ReadonlySet<string>;
}

/**
 * Reads the histories anew that changes belong to: a call in them has another status, or one was made from a result of theirs. One that is being
 * read is first read to its end, and then once more, as it may have passed what has changed: to begin it again would keep a large one from ever being
 * shown.
 */
export async function refreshHistories(queryClient: QueryClient, { changedIds, sourceIds }: Changes): Promise<void> {
  const isConcerned = (call: Call) =>
    changedIds.has(call.id) || artifactsOf(call).some(({ artifactId }) => sourceIds.has(artifactId));
  const join = { cancelRefetch: false };
  const isBeingRead = ({ state }: Query) => state.fetchStatus === 'fetching';
  await queryClient.refetchQueries({ queryKey: historyKey, predicate: isBeingRead }, join);
  const predicate = ({ state }: Query) => callsIn((state.data as History | undefined)?.root).some(isConcerned);
  await queryClient.invalidateQueries({ queryKey: historyKey, predicate }, join);
}

function callsIn(node: HistoryNode | undefined): Call[] {
  return node === undefined ? [] : [node.call, ...node.children.flatMap(callsIn)];
}
