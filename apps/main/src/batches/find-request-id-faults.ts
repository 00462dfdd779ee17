import type { Pool } from '@darkroom/platform-postgres';
import { preparedQuery } from '../database/prepared-query.ts';
import type { ProblemFault } from '../problems/problem-error.ts';

/** A request of a batch by its id. */
export interface NamedRequest {
  requestId: string;
  /** Its place among the calls of the batch. */
  index: number;
}

/** Request ids that a batch names twice, or that have made a call: a call belongs to one batch at most, so the batch cannot take it. */
export async function findRequestIdFaults(
  pool: Pool,
  accountId: string,
  requests: readonly NamedRequest[],
): Promise<ProblemFault[]> {
  const places = new Map<string, number>();
  const faults: ProblemFault[] = [];
  for (const { requestId, index } of requests) {
    const earlier = places.get(requestId);
    if (earlier === undefined) places.set(requestId, index);
    else faults.push(faultAt(index, `is that of /calls/${earlier} too`));
  }
  if (places.size === 0) return faults;
  const taken = await findTakenRequestIds(pool, [accountId, [...places.keys()]]);
  return [
    ...faults,
    ...taken.map(({ request_id, id }) =>
      faultAt(places.get(request_id) ?? 0, `has made ${id} before; leave this request out`),
    ),
  ];
}

/** account, request ids. */
const findTakenRequestIds = preparedQuery<[string, string[]], { id: string; request_id: string }>(
  'find-taken-request-ids',
  'select id, request_id from calls where account_id = $1 and request_id = any($2) order by id',
);

function faultAt(index: number, message: string): ProblemFault {
  return { path: `/calls/${index}/requestId`, message };
}
