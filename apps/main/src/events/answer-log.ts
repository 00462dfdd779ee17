import { Readable } from 'node:stream';
import type { AccountEvent } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Caller } from '../access/find-caller.ts';
import type { EventRow } from '../database/schema.ts';
import type { RequestSignals } from '../request-signals.ts';
import { followLog, type Follows, undefinedWhileDatabaseIsAway } from './follow-log.ts';
import type { logHeadersSchema, logQuerySchema } from './log-query.schema.ts';
import { presentEvent } from './present-event.ts';
import { type BeginsWhole, refuseRemoved } from './refuse-removed.ts';
import { toServerSentEvents } from './server-sent-events.ts';

interface LogRequest {
  caller: Caller;
  query: z.output<typeof logQuerySchema>;
  headers: z.output<typeof logHeadersSchema>;
}

interface LogSource {
  pool: Pool;
  accountId: string;
  readPage: (after: number, limit: number) => Promise<EventRow[]>;
  beginsWhole: BeginsWhole;
  follows: Follows;
  subscribe: (ring: () => void) => () => void;
  baseUrl: () => string;
  requestSignals: RequestSignals;
}

const streamPageSize = 200;

/** Answers a page of a log, or the log from a sequence on as a stream that stays open. */
export async function answerLog(
  { caller, query, headers }: LogRequest,
  reply: FastifyReply,
  source: LogSource,
): Promise<FastifyReply> {
  const after = headers['last-event-id'] ?? query.cursor ?? query.after ?? 0;
  if (headers.accept?.includes('text/event-stream')) return sendStream(reply, after, { ...source, caller });
  const rows = await source.readPage(after, query.limit + 1);
  await refuseRemoved(source, after, rows);
  return sendPage(reply, rows, { limit: query.limit, baseUrl: source.baseUrl() });
}

function sendPage(
  reply: FastifyReply,
  rows: EventRow[],
  { limit, baseUrl }: { limit: number; baseUrl: string },
): FastifyReply {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return reply.send({
    items: page.map((row) => presentEvent(row, baseUrl)),
    nextCursor: last === undefined ? null : String(last.sequence),
  });
}

/** What is missing at its beginning is said before it opens. Where events go while somebody lags behind it ends: who comes again hears it too. */
async function sendStream(
  reply: FastifyReply,
  after: number,
  source: LogSource & { caller: Caller },
): Promise<FastifyReply> {
  const { readPage, follows, subscribe, baseUrl, requestSignals, caller } = source;
  const first = await readPage(after, streamPageSize).catch(undefinedWhileDatabaseIsAway);
  if (first !== undefined) await refuseRemoved(source, after, first);
  const pages = followLog({
    first: first ?? [],
    follows,
    readPage: (cursor) => readPage(cursor, streamPageSize),
    pageSize: streamPageSize,
    subscribe,
    after,
    signal: requestSignals(reply),
  });
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-cache, no-transform')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(toServerSentEvents(present(whileSignedIn(pages, caller), baseUrl())), { highWaterMark: 1 }));
}

/** Ends with the session that opened it: a look comes every two seconds at the latest. */
async function* whileSignedIn<Page>(pages: AsyncIterable<Page>, caller: Caller): AsyncGenerator<Page> {
  for await (const page of pages) {
    if (
      caller.signedInBy === 'session' &&
      (await caller.session.isStillOpen().catch(undefinedWhileDatabaseIsAway)) === false
    )
      return;
    yield page;
  }
}

async function* present(pages: AsyncIterable<EventRow[]>, baseUrl: string): AsyncGenerator<AccountEvent[]> {
  for await (const rows of pages) yield rows.map((row) => presentEvent(row, baseUrl));
}
