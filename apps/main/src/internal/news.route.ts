import { Readable } from 'node:stream';
import type { ApiInstance } from '../api-instance.ts';
import type { EventBus } from '../events/event-bus.ts';
import { newsLines } from '../events/news-lines.ts';

export function newsRoute(app: ApiInstance, eventBus: Pick<EventBus, 'onNews'>): void {
  const stopping = new AbortController();
  app.addHook('preClose', (done) => {
    stopping.abort();
    done();
  });
  app.get(
    '/news',
    {
      // A HEAD request would open a stream that nobody reads.
      exposeHeadRoute: false,
      schema: { summary: 'That the logs of accounts have grown, as lines of JSON, for as long as both sides live' },
    },
    (_request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const lines = newsLines(eventBus, AbortSignal.any([stopping.signal, gone.signal]));
      return (
        reply
          .type('application/x-ndjson')
          .header('cache-control', 'no-store, no-transform')
          // A stop of the process would wait for the idle connection.
          .header('connection', 'close')
          .send(Readable.from(lines, { highWaterMark: 1 }))
      );
    },
  );
}
