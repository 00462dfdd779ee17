import type { CallStatus } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { type ShownCall, shownColumns } from './shown-call.ts';

export interface CallFilter {
  status?: readonly CallStatus[] | undefined;
  integration?: string | undefined;
  operation?: string | undefined;
  requestId?: string | undefined;
  userId?: string | undefined;
  batchId?: string | undefined;
  createdAfter?: string | undefined;
  createdBefore?: string | undefined;
}

export interface ListCallsOptions {
  accountId: string;
  filter: CallFilter;
  /** The last call of the page before. */
  beforeId: string | undefined;
  limit: number;
}

/** An account's calls, newest first: ids sort by the time they were made. */
export function listCalls(
  database: Kysely<Database>,
  { accountId, filter, beforeId, limit }: ListCallsOptions,
): Promise<ShownCall[]> {
  const { status, integration, operation, requestId, userId, batchId, createdAfter, createdBefore } = filter;
  return database
    .selectFrom('calls')
    .select(shownColumns)
    .where('account_id', '=', accountId)
    .$if(beforeId !== undefined, (query) => query.where('id', '<', beforeId ?? ''))
    .$if(status !== undefined, (query) => query.where('status', 'in', status ?? []))
    .$if(integration !== undefined, (query) => query.where('integration', '=', integration ?? ''))
    .$if(operation !== undefined, (query) => query.where('operation', '=', operation ?? ''))
    .$if(requestId !== undefined, (query) => query.where('request_id', '=', requestId ?? ''))
    .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? ''))
    .$if(batchId !== undefined, (query) => query.where('batch_id', '=', batchId ?? ''))
    .$if(createdAfter !== undefined, (query) => query.where('created_at', '>', new Date(createdAfter ?? 0)))
    .$if(createdBefore !== undefined, (query) => query.where('created_at', '<', new Date(createdBefore ?? 0)))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
