import type { CallStatus } from '@darkroom/contract';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { type ShownCall, shownColumns } from './shown-call.ts';

export interface CallFilter {
  status?: readonly CallStatus[] | undefined;
  integration?: readonly string[] | undefined;
  operation?: string | undefined;
  requestId?: string | undefined;
  userId?: string | undefined;
  batchId?: string | undefined;
  sourceArtifactId?: string | undefined;
  /** Words that the prompt has, all of them, in any case. */
  prompt?: readonly string[] | undefined;
  createdAfter?: string | undefined;
  createdBefore?: string | undefined;
}

export interface ListCallsOptions {
  accountId: string;
  filter: CallFilter;
  /** Ids sort by the time they were made, those of a batch by their place in it. */
  order: 'newest' | 'oldest';
  /** The last call of the page before. */
  lastId: string | undefined;
  limit: number;
}

/** A page of an account's calls. */
export function listCalls(
  database: Kysely<Database>,
  { accountId, filter, order, lastId, limit }: ListCallsOptions,
): Promise<ShownCall[]> {
  const { status, integration, operation, requestId, userId, batchId, sourceArtifactId, prompt = [] } = filter;
  const { createdAfter, createdBefore } = filter;
  return database
    .selectFrom('calls')
    .select(shownColumns)
    .where('account_id', '=', accountId)
    .$if(lastId !== undefined, (query) => query.where('id', order === 'newest' ? '<' : '>', lastId ?? ''))
    .$if(status !== undefined, (query) => query.where('status', 'in', status ?? []))
    .$if(integration !== undefined, (query) => query.where('integration', 'in', integration ?? []))
    .$if(operation !== undefined, (query) => query.where('operation', '=', operation ?? ''))
    .$if(requestId !== undefined, (query) => query.where('request_id', '=', requestId ?? ''))
    .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? ''))
    .$if(batchId !== undefined, (query) => query.where('batch_id', '=', batchId ?? ''))
    .$if(sourceArtifactId !== undefined, (query) =>
      query.where(sql<boolean>`source_artifact_ids @> array[${sourceArtifactId ?? ''}]::text[]`),
    )
    .$if(prompt.length > 0, (query) =>
      query.where((where) =>
        where.and(prompt.map((word) => sql<boolean>`input ->> 'prompt' ilike ${patternOf(word)}`)),
      ),
    )
    .$if(createdAfter !== undefined, (query) => query.where('created_at', '>', new Date(createdAfter ?? 0)))
    .$if(createdBefore !== undefined, (query) => query.where('created_at', '<', new Date(createdBefore ?? 0)))
    .orderBy('id', order === 'newest' ? 'desc' : 'asc')
    .limit(limit)
    .execute();
}

/** Finds the word itself anywhere, whatever signs it has. */
function patternOf(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`;
}
