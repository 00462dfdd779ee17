import type { Query, QueryClient } from '@tanstack/react-query';

/** What no event changes. */
const untouched = ['session', 'integrations'];

/**
 * Reads again whatever the log changes. What a subscription to the newest events begins behind may have happened after the first readings, also
 * after one whose answer is still on its way: such a one is waited for, since joining it would bring what is older.
 */
export async function readAnew(queryClient: QueryClient): Promise<void> {
  const concerned = queryClient.getQueryCache().findAll({ predicate: isOfLog });
  const underWay = concerned.filter(({ state }) => state.fetchStatus === 'fetching' && state.data === undefined);
  const settled = concerned.filter((query) => !underWay.includes(query));
  const again = ({ queryKey }: Query) => queryClient.invalidateQueries({ queryKey, exact: true });
  await Promise.allSettled([
    ...settled.map(again),
    ...underWay.map((query) => Promise.allSettled([query.promise]).then(() => again(query))),
  ]);
}

function isOfLog({ queryKey: [first] }: Query): boolean {
  return !untouched.includes(String(first));
}
