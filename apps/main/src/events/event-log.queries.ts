import { preparedQuery } from '../database/prepared-query.ts';
import type { EventRow } from '../database/schema.ts';

/** account, after, limit. */
export const readAccountLog = preparedQuery<[string, number, number], EventRow>(
  'read-account-log',
  'select * from events where account_id = $1 and sequence > $2 order by sequence limit $3',
);

/** account, call, after, limit. Within a call, both numbers rise together. */
export const readCallLog = preparedQuery<[string, string, number, number], EventRow>(
  'read-call-log',
  `select * from events
   where account_id = $1 and call_id = $2 and sequence > $3
   order by call_sequence limit $4`,
);

/** account, batch, after, limit. */
export const readBatchLog = preparedQuery<[string, string, number, number], EventRow>(
  'read-batch-log',
  `select * from events
   where account_id = $1 and batch_id = $2 and sequence > $3
   order by sequence limit $4`,
);

/** accounts: up to where their logs go. */
export const findHeads = preparedQuery<[string[]], { id: string; last_sequence: number }>(
  'find-heads',
  'select id, last_sequence from accounts where id = any($1)',
);

/** account: its events up to and including this one were removed. */
export const findRemovedThrough = preparedQuery<[string], { events_removed_through: number }>(
  'find-removed-through',
  'select events_removed_through from accounts where id = $1',
);

/** account, after, up to and including: the calls that these events belong to. */
export const readChangedCalls = preparedQuery<[string, number, number], { call_id: string }>(
  'read-changed-calls',
  'select distinct call_id from events where account_id = $1 and sequence > $2 and sequence <= $3 and call_id is not null',
);
