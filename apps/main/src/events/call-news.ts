import type { Pool } from '@darkroom/platform-postgres';
import { readChangedCalls } from './event-log.queries.ts';
import type { EventBus } from './event-bus.ts';
import { createSubjectNews, type SubjectNews } from './subject-news.ts';

/** Rings when a call has new events. */
export type CallNews = SubjectNews;

export function createCallNews(eventBus: Pick<EventBus, 'subscribe'>, pool: Pool): CallNews {
  return createSubjectNews(eventBus, async (accountId, after, upTo) => {
    const changed = await readChangedCalls(pool, [accountId, after, upTo]);
    return changed.map(({ call_id }) => call_id);
  });
}
