import { Readable } from 'node:stream';
import type { AccountEvent } from '@darkroom/contract';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { EventRow } from '../database/schema.ts';
import type { RequestSignals } from '../request-signals.ts';
import { followLog } from './follow-log.ts';
import type { logHeadersSchema, logQuerySchema } from './log-query.schema.ts';
import { presentEvent } from './present-event.ts';
import { toServerSentEvents } from './server-sent-events.ts';

interface LogRequest {
  query: z.output<typeof logQuerySchema>;
  headers: z.output<typeof logHeadersSchema>;
}

interface LogSource {
  readPage: (after: number, limit: number) => Promise<EventRow[]>;
  subscribe: (ring: () => void) => () => void;
  baseUrl: () => string;
  requestSignals: RequestSignals;
}

const streamPageSize = 200;

/** Answers a page of a log, or the log from a sequence on as a stream that stays open. */
export async function answerLog(
  { query, headers }: LogRequest,
  reply: FastifyReply,
  source: LogSource,
): Promise<FastifyReply> {
  const after = headers['last-event-id'] ?? query.cursor ?? query.after ?? 0;
  return headers.accept?.includes('text/event-stream')
    ? sendStream(reply, after, source)
    : sendPage(reply, await source.readPage(after, query.limit + 1), { limit: query.limit, baseUrl: source.baseUrl() });
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

function sendStream(
  reply: FastifyReply,
  after: number,
  { readPage, subscribe, baseUrl, requestSignals }: LogSource,
): FastifyReply {
  const pages = followLog({
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
    .send(Readable.from(toServerSentEvents(present(pages, baseUrl())), { highWaterMark: 1 }));
}

async function* present(pages: AsyncIterable<EventRow[]>, baseUrl: string): AsyncGenerator<AccountEvent[]> {
  for await (const rows of pages) yield rows.map((row) => presentEvent(row, baseUrl));
}
