import { createId } from '@darkroom/contract';
import { sql, type Transaction } from 'kysely';
import { firstProgress } from '../calls/new-call.ts';
import type { Submission } from '../calls/read-submission.ts';
import type { BatchRow, Database } from '../database/schema.ts';
import { insertSubscriptions } from '../notifications/insert-subscriptions.ts';

/** A batch that is to be inserted. */
export type NewBatch = Pick<
  BatchRow,
  'id' | 'account_id' | 'batch_key' | 'body_sha256' | 'strategy' | 'max_concurrent' | 'on_failure' | 'total'
> & { metadata: Record<string, string>; beginsAt: Date | undefined };

/** Answers undefined, and changes nothing, where the account has a batch with this key. */
export async function insertBatch(
  transaction: Transaction<Database>,
  { metadata, beginsAt, ...columns }: NewBatch,
): Promise<BatchRow | undefined> {
  const begins = sql<Date>`greatest(now(), ${beginsAt ?? null}::timestamptz)`;
  return transaction
    .insertInto('batches')
    .values({ ...columns, metadata: JSON.stringify(metadata), begins_at: begins, start_due_at: begins })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Inserts some of a batch's calls, which never start by themselves: the batch releases them. */
export async function insertCalls(
  transaction: Transaction<Database>,
  batch: Pick<BatchRow, 'id' | 'account_id'> & { simulated: boolean },
  calls: readonly { submission: Submission; position: number }[],
): Promise<void> {
  const rows = calls.map(
    ({ submission: { madeOf, subscriptions: _told, namedArtifactIds: _locked, ...submission }, position }) => ({
      ...submission,
      request: madeOf?.fulfilment ?? null,
      requestId: madeOf?.requestId ?? null,
      userId: madeOf?.userId ?? null,
      sourceArtifactIds: submission.sourceArtifactIds ?? null,
      cancelAfter: submission.cancelAfter?.toISOString() ?? null,
      id: createId('call'),
      position,
    }),
  );
  await sql`
    insert into calls (id, account_id, integration, operation, input, metadata, limits, simulated, progress, cancel_after,
      queued_at, batch_id, batch_position, request, request_id, user_id, source_artifact_ids)
    select call.id, ${batch.account_id}, call.integration, call.operation, call.input, call.metadata, call.limits,
      ${batch.simulated}, ${JSON.stringify(firstProgress)}::jsonb, call."cancelAfter", 'infinity', ${batch.id}, call.position,
      nullif(call.request, 'null'::jsonb), call."requestId", call."userId", call."sourceArtifactIds"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as call
      (id text, integration text, operation text, input jsonb, metadata jsonb, limits jsonb, "cancelAfter" timestamptz, position integer,
        request jsonb, "requestId" text, "userId" text, "sourceArtifactIds" text[])`.execute(transaction);
  const subscriptions = calls.flatMap(({ submission }, index) =>
    (submission.subscriptions ?? []).map((subscription) => ({ ...subscription, callId: rows[index]?.id ?? '' })),
  );
  await insertSubscriptions(transaction, batch.account_id, subscriptions);
}

/**
 * Writes `batch.accepted` and the `call.accepted` of all its calls, in their order, with the account's next numbers; answers the last of them.
 * The transaction's last statement, because it locks the account's counter. Where there are subscriptions, the account's log is read for
 * notifications from here on, where it was not before: its cursor is taken behind the counter, as a call's acceptance takes it.
 */
export async function appendAcceptances(
  transaction: Transaction<Database>,
  { id, account_id, total, isSubscribed }: Pick<BatchRow, 'id' | 'account_id' | 'total'> & { isSubscribed: boolean },
): Promise<number> {
  const counts = { total, pending: total, processing: 0, completed: 0, failed: 0, cancelled: 0 };
  const { rows } = await sql<{ last_sequence: number }>`
    with counter as (
      update accounts set last_sequence = last_sequence + ${total + 1} where id = ${account_id} returning last_sequence
    ), batch_event as (
      insert into events (account_id, sequence, batch_id, type, status, data)
      select ${account_id}, last_sequence - ${total}, ${id}, 'batch.accepted', 'pending', ${JSON.stringify({ calls: counts })}::jsonb
      from counter
    ), call_events as (
      insert into events (account_id, sequence, call_id, call_sequence, type, status, data)
      select ${account_id}, counter.last_sequence - ${total} + 1 + batch_position, calls.id, 1, 'call.accepted', 'pending',
        jsonb_build_object('integration', integration, 'operation', operation, 'simulated', simulated)
      from counter, calls where batch_id = ${id}
    ), following as (
      insert into notification_cursors (account_id, sequence)
      select ${account_id}, last_sequence - ${total} - 1 from counter where ${isSubscribed}::boolean
      on conflict do nothing
    )
    select last_sequence from counter`.execute(transaction);
  const [counter] = rows;
  if (counter === undefined)
    throw new Error(`The account ${account_id} has no counter: restart main, which adds its accounts at start.`);
  return counter.last_sequence;
}
