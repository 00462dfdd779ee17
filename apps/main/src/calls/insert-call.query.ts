import { lockPatience } from '../database/lock-patience.ts';
import { preparedQuery } from '../database/prepared-query.ts';

/** id, account, integration, operation, input, metadata, limits, simulated, idempotency key, hash of the body, progress, cancel after, retry of, start at, request, request id, user id, source artifacts, artifacts that it names itself. */
export type InsertCallValues = [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  boolean,
  string | null,
  Buffer | null,
  string,
  Date | null,
  string | null,
  Date | null,
  string | null,
  string | null,
  string | null,
  readonly string[] | null,
  readonly string[] | null,
];

export interface InsertedCall {
  created_at: Date;
  queued_at: Date;
  /** The sequence of `call.accepted`. */
  last_sequence: number;
}

const selectAccepted =
  'select new_call.created_at, new_call.queued_at, accepted.sequence as last_sequence from new_call, accepted';

const acceptance = `with patience as materialized (
     ${lockPatience}
   ), named as (
     select removed_at from patience, artifacts where artifacts.id = any($19::text[]) for share of artifacts
   ), gone as (
     select from named where removed_at is not null
   ), claimed_key as (
     insert into idempotency_keys (account_id, key, body_sha256, call_id)
     select $2, $9::text, $10::bytea, $1 from patience where $9::text is not null and not exists (select from gone)
     on conflict do nothing
     returning call_id
   ), new_call as (
     insert into calls (id, account_id, integration, operation, input, metadata, limits, simulated, progress, cancel_after, retry_of, queued_at,
       request, request_id, user_id, source_artifact_ids)
     select $1, accounts.id, $3, $4, $5::jsonb, $6::jsonb, $7::jsonb, $8::boolean, $11::jsonb,
       $12::timestamptz, $13::text, greatest(now(), $14::timestamptz), $15::jsonb, $16::text, $17::text, $18::text[]
     from patience, accounts
     where accounts.id = $2 and not exists (select from gone) and ($9::text is null or exists (select from claimed_key))
     returning account_id, created_at, queued_at
   ), counter as (
     update accounts set last_sequence = last_sequence + 1
     where id = (select account_id from new_call)
     returning last_sequence
   ), accepted as (
     insert into events (account_id, sequence, call_id, call_sequence, type, status, data)
     select $2, last_sequence, $1, 1, 'call.accepted', 'pending',
       jsonb_build_object('integration', $3::text, 'operation', $4::text, 'simulated', $8::boolean)
     from counter
     returning sequence
   )`;

/**
 * Accepts a call in one statement, which is one transaction: idempotency key, call, the account's number, event. Nothing is
 * written and no row comes back where the key is taken, or where retention has removed an artifact that is named;
 * until the commit, retention passes the named ones by. A request id that is taken is an error of the index `calls_of_request_id`. While
 * another transaction writes the same key or request id, it waits for as long as `lockPatience` says, and no longer than a query may take.
 */
export const insertCall = preparedQuery<InsertCallValues, InsertedCall>(
  'insert-call',
  `${acceptance} ${selectAccepted}`,
);

/**
 * The same for a call with subscriptions, the last value (`subscriptionRows`): the account's log is read for notifications from its
 * acceptance on, where it was not before.
 */
export const insertSubscribedCall = preparedQuery<[...InsertCallValues, string], InsertedCall>(
  'insert-subscribed-call',
  `${acceptance}, subscribed as (
     insert into subscriptions (id, account_id, call_id, channel, target, event_types)
     select subscription.id, $2, $1, subscription.channel, subscription.target, subscription."eventTypes"
     from new_call, jsonb_to_recordset($20::jsonb) as subscription (id text, channel text, target text, "eventTypes" text[])
   ), following as (
     insert into notification_cursors (account_id, sequence)
     select $2, last_sequence - 1 from counter
     on conflict do nothing
   )
   ${selectAccepted}`,
);
