import { Readable } from 'node:stream';
import type { ApiInstance } from '../api-instance.ts';
import type { EventBus } from '../events/event-bus.ts';
import { newsLines } from '../events/news-lines.ts';
import type { RequestSignals } from '../request-signals.ts';

interface NewsDependencies {
  eventBus: Pick<EventBus, 'onNews'>;
  requestSignals: RequestSignals;
}

export function newsRoute(app: ApiInstance, { eventBus, requestSignals }: NewsDependencies): void {
  app.get(
    '/news',
    {
      // A HEAD request would open a stream that nobody reads.
      exposeHeadRoute: false,
      schema: { summary: 'That the logs of accounts have grown, as lines of JSON, for as long as both sides live' },
    },
    (_request, reply) =>
      reply
        .type('application/x-ndjson')
        .header('cache-control', 'no-store, no-transform')
        .send(Readable.from(newsLines(eventBus, requestSignals(reply)), { highWaterMark: 1 })),
  );
}
