import type { CallbackSignal } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { Kysely } from 'kysely';
import { preparedQuery } from '../database/prepared-query.ts';
import type { Database } from '../database/schema.ts';
import { storableText } from '../database/storable-text.ts';

export interface KeptCallback {
  id: number;
  callId: string;
  signal: CallbackSignal;
}

const insertCallback = preparedQuery<[string, string], never>(
  'keep-callback',
  'insert into kept_callbacks (call_id, signal) values ($1, $2)',
);

/** Keeps what a call's workflow has to be told until the engine answers again. */
export async function keepCallback(pool: Pool, callId: string, signal: CallbackSignal): Promise<void> {
  await insertCallback(pool, [callId, JSON.stringify(storableText(signal))]);
}

/** The oldest first. */
export async function findKeptCallbacks(database: Kysely<Database>, limit: number): Promise<KeptCallback[]> {
  return database
    .selectFrom('kept_callbacks')
    .select(['id', 'call_id as callId', 'signal'])
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function forgetKeptCallback(database: Kysely<Database>, id: number): Promise<void> {
  await database.deleteFrom('kept_callbacks').where('id', '=', id).execute();
}
