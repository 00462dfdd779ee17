import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type AccountEvent, createId, readHeadsSchema, readLogQuerySchema } from '@darkroom/contract';
import { findFreePort } from '@darkroom/testing';

export const internalToken = 'internal-token-of-a-test';

/** Stands in for the internal API of `main`, which has tests of its own: the accounts' logs, in memory, that a test can grow, stop and spoil. */
export class InMemoryMain {
  readonly #logs = new Map<string, AccountEvent[]>();
  readonly #news = new Set<ServerResponse>();
  readonly #endedSessions = new Set<string>();
  readonly removedThrough = new Map<string, number>();
  /** Whether growth is told at once, or found by the comparison only. */
  tellsNews = true;
  /** How many pages of the log were read. */
  pagesRead = 0;
  /** How often it was asked how far the logs go. */
  comparisons = 0;
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts, or starts again on the same port. */
  async start(): Promise<void> {
    // None that the system gives away while it is stopped.
    this.#port ||= await findFreePort();
    const server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.#port, '127.0.0.1', resolve));
    this.#server = server;
  }

  /** Ends as a crash would. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    this.#news.clear();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  /** Appends some events of a call, a new one where none is named, and answers the call's id. */
  append(
    options: { accountId?: string; callId?: string; count?: number; data?: Record<string, unknown> } = {},
  ): string {
    const { accountId = 'default', callId = createId('call'), count = 1, data = {} } = options;
    const log = this.log(accountId);
    for (let n = 0; n < count; n += 1) {
      const callSequence = log.filter((event) => 'callId' in event && event.callId === callId).length + 1;
      log.push({
        sequence: log.length + 1,
        callSequence,
        callId,
        type: callSequence === 1 ? 'call.accepted' : 'call.progress',
        status: 'processing',
        data,
        createdAt: new Date().toISOString(),
      });
    }
    this.#tell(accountId);
    return callId;
  }

  /** Appends an event of a batch. */
  appendToBatch(batchId: string, type: 'batch.accepted' | 'batch.completed', accountId = 'default'): void {
    const log = this.log(accountId);
    const status = type === 'batch.accepted' ? 'pending' : 'completed';
    log.push({ sequence: log.length + 1, batchId, type, status, data: {}, createdAt: new Date().toISOString() });
    this.#tell(accountId);
  }

  log(accountId = 'default'): AccountEvent[] {
    const log = this.#logs.get(accountId) ?? [];
    this.#logs.set(accountId, log);
    return log;
  }

  endSession(sessionId: string): void {
    this.#endedSessions.add(sessionId);
  }

  #tell(accountId: string): void {
    if (!this.tellsNews) return;
    const line = `${JSON.stringify({ accountId, lastSequence: this.log(accountId).length })}\n`;
    for (const listener of this.#news) listener.write(line);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (request.headers.authorization !== `Bearer ${internalToken}`) return void response.writeHead(401).end();
    if (pathname === '/internal/news') return this.#openNews(response);
    if (pathname === '/internal/events') return sendJson(response, this.#readPage(Object.fromEntries(searchParams)));
    this.comparisons += 1;
    const { accountIds, sessionIds } = readHeadsSchema.parse(JSON.parse(await text(request)));
    sendJson(response, {
      heads: Object.fromEntries(accountIds.map((accountId) => [accountId, this.log(accountId).length])),
      endedSessionIds: sessionIds.filter((sessionId) => this.#endedSessions.has(sessionId)),
    });
  }

  #openNews(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).write('\n');
    this.#news.add(response);
    response.on('close', () => this.#news.delete(response));
  }

  #readPage(query: Record<string, string>): unknown {
    this.pagesRead += 1;
    const { accountId, callId, batchId, after, limit } = readLogQuerySchema.parse(query);
    const removedThrough = this.removedThrough.get(accountId) ?? 0;
    const log = this.log(accountId);
    const items = log.filter(
      (event) =>
        event.sequence > Math.max(after, removedThrough) &&
        (callId === undefined || ('callId' in event && event.callId === callId)) &&
        (batchId === undefined || ('batchId' in event && event.batchId === batchId)),
    );
    return { items: items.slice(0, limit), head: log.length, removedThrough };
  }
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
