import type { Pool } from '@darkroom/platform-postgres';
import { preparedQuery } from '../database/prepared-query.ts';
import type { EventBus } from '../events/event-bus.ts';
import { createSubjectNews, type SubjectNews } from '../events/subject-news.ts';

/** Rings when a call of a batch has ended, and when something happened to the batch itself. */
export type BatchNews = SubjectNews;

export function createBatchNews(eventBus: Pick<EventBus, 'subscribe'>, pool: Pool): BatchNews {
  return createSubjectNews(eventBus, async (accountId, after, upTo) => {
    const changed = await readChangedBatches(pool, [accountId, after, upTo]);
    return changed.map(({ batch_id }) => batch_id);
  });
}

/** account, after, up to and including. */
const readChangedBatches = preparedQuery<[string, number, number], { batch_id: string }>(
  'read-changed-batches',
  `select coalesce(events.batch_id, calls.batch_id) as batch_id
   from events left join calls on calls.id = events.call_id
   where events.account_id = $1 and events.sequence > $2 and events.sequence <= $3
     and (events.batch_id is not null
       or events.type in ('call.completed', 'call.failed', 'call.cancelled') and calls.batch_id is not null)
   group by 1`,
);
