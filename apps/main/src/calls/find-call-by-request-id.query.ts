import { preparedQuery } from '../database/prepared-query.ts';
import { type ShownCall, shownColumns } from './shown-call.ts';

/** account, request id. */
export const findCallByRequestId = preparedQuery<[string, string], ShownCall>(
  'find-call-by-request-id',
  `select ${shownColumns.join(', ')} from calls where account_id = $1 and request_id = $2`,
);
