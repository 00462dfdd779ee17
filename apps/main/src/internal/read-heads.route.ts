import { headsSchema, readHeadsSchema } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { ApiInstance } from '../api-instance.ts';
import { findHeads } from '../events/event-log.queries.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import type { Sessions } from '../sessions/sessions.ts';

export interface ReadHeadsDependencies {
  pool: Pool;
  sessions: Pick<Sessions, 'endedAmong'>;
}

/** 5000 accounts and 5000 sessions, with the longest names. */
const bodyBytes = 1024 * 1024;

export function readHeadsRoute(app: ApiInstance, { pool, sessions }: ReadHeadsDependencies): void {
  app.post(
    '/heads',
    {
      bodyLimit: bodyBytes,
      schema: {
        summary: 'How far the logs of accounts go, and which of some sessions have ended',
        body: readHeadsSchema,
        response: { 200: headsSchema, ...problemResponses(401, 413, 422) },
      },
    },
    async ({ body: { accountIds, sessionIds } }) => {
      const [accounts, endedSessionIds] = await Promise.all([
        findHeads(pool, [accountIds]),
        sessions.endedAmong(sessionIds),
      ]);
      const heads = Object.fromEntries(accounts.map(({ id, last_sequence }) => [id, last_sequence]));
      return { heads, endedSessionIds };
    },
  );
}
