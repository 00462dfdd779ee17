import { accountSubject, headsSchema, type Heads, isId, maxHeadsAtOnce } from '@darkroom/contract';
import { z } from 'zod';
import type { LogPage, LogQuestion, ReadLogPage } from '../log/log-page.ts';
import { toLoggedEvent } from '../log/logged-event.ts';
import type { InternalApi } from './internal-api.ts';

/** Of which accounts and sessions something is asked; any number of both. */
export interface WantedHeads {
  accountIds: string[];
  sessionIds: string[];
}

/** The accounts' logs, as `main` keeps them. */
export interface MainLog {
  readPage: ReadLogPage;
  /** The last sequence of each account, and which of the sessions are over. */
  readHeads(wanted: WantedHeads): Promise<Heads>;
}

// Each event is passed on as it came: this process need not know all that there is to say.
const pageSchema = z.object({
  items: z.array(z.unknown()),
  head: z.int().nonnegative(),
  removedThrough: z.int().nonnegative(),
});

export function createMainLog(api: Pick<InternalApi, 'get' | 'post'>): MainLog {
  return {
    async readPage(question) {
      return toLogPage(pageSchema.parse(await api.get(`events?${queryOf(question)}`)), question.limit);
    },
    async readHeads({ accountIds, sessionIds }) {
      const parts = Math.max(1, Math.ceil(Math.max(accountIds.length, sessionIds.length) / maxHeadsAtOnce));
      const all: Heads = { heads: {}, endedSessionIds: [] };
      for (let part = 0; part < parts; part += 1) {
        const [from, to] = [part * maxHeadsAtOnce, (part + 1) * maxHeadsAtOnce];
        const body = { accountIds: accountIds.slice(from, to), sessionIds: sessionIds.slice(from, to) };
        const { heads, endedSessionIds } = headsSchema.parse(await api.post('heads', body));
        Object.assign(all.heads, heads);
        all.endedSessionIds.push(...endedSessionIds);
      }
      return all;
    },
  };
}

function queryOf({ accountId, subject, after, limit }: LogQuestion): URLSearchParams {
  return new URLSearchParams({
    accountId,
    after: String(after),
    limit: String(limit),
    ...(subject !== accountSubject && { [isId('bat', subject) ? 'batchId' : 'callId']: subject }),
  });
}

function toLogPage({ items, head, removedThrough }: z.infer<typeof pageSchema>, limit: number): LogPage {
  return { events: items.map(toLoggedEvent), head, removedThrough, hasMore: items.length >= limit };
}
