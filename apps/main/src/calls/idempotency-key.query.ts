import { preparedQuery } from '../database/prepared-query.ts';
import { type ShownCall, shownColumns } from './shown-call.ts';

export interface KeyedCall extends ShownCall {
  body_sha256: Buffer;
}

/** The call that an account's idempotency key stands for, with the hash of the body that made it. */
export const findCallByIdempotencyKey = preparedQuery<[string, string], KeyedCall>(
  'find-call-by-idempotency-key',
  `select ${shownColumns.map((column) => `calls.${column}`).join(', ')}, idempotency_keys.body_sha256
   from idempotency_keys join calls on calls.id = idempotency_keys.call_id
   where idempotency_keys.account_id = $1 and idempotency_keys.key = $2`,
);
