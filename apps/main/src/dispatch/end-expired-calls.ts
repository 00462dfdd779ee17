import { failure } from '@darkroom/contract';
import { sql, type Kysely } from 'kysely';
import { changeCall, type CallChanging } from '../calls/change-call.ts';
import type { LockedCall } from '../calls/lock-call.ts';
import type { Database } from '../database/schema.ts';

const expiredAtOnce = 100;

/**
 * Ends pending calls that waited longer than they may and whose start was never attempted. Where it was attempted, a workflow may
 * run: the reconciler asks the engine first.
 */
export async function endExpiredCalls(changing: CallChanging): Promise<void> {
  for (const id of await findExpired(changing.database)) {
    await changeCall(changing, id, async (call) => {
      if (call.status !== 'pending' || call.start_attempted_at !== null) return { answer: undefined };
      return { answer: undefined, events: [{ type: 'call.failed', data: { error: queueTimeOut(call) } }] };
    });
  }
}

/** Why a call ended that was never submitted in all the time that it may wait. */
export function queueTimeOut({ limits }: Pick<LockedCall, 'limits'>) {
  return failure(
    'timed_out',
    `The call waited ${limits.maxQueueSeconds} s, as long as it may, and nothing was submitted or paid. Make it again once workers have room for it.`,
  );
}

async function findExpired(database: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from calls
    where status = 'pending' and start_attempted_at is null
      -- Beside the next condition only for the index: calls that wait in batches are not read.
      and queued_at <= statement_timestamp()
      and queued_at <= clock_timestamp() - (limits->>'maxQueueSeconds')::float8 * interval '1 second'
    order by queued_at limit ${expiredAtOnce}`.execute(database);
  return rows.map(({ id }) => id);
}
