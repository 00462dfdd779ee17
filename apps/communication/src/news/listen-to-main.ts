import { setTimeout } from 'node:timers/promises';
import { newsHeartbeatSeconds } from '@darkroom/contract';
import type { InternalApi } from '../main-api/internal-api.ts';
import type { NewsListener, NewsListenerOptions } from './news-listener.ts';
import { readNewsLines } from './news-lines.ts';

/** After so many heartbeats that did not come, the connection is dead. */
const heartbeatsMissed = 3;
const reconnectMs = 250;

/** Hears news over one stream from `main`, and opens it again whenever it ends. */
export function listenToMain(
  api: Pick<InternalApi, 'open'>,
  { onNews, onListening, logger }: NewsListenerOptions,
): NewsListener {
  const stopping = new AbortController();
  const listen = async () => {
    const silence = createSilence(heartbeatsMissed * newsHeartbeatSeconds * 1000);
    try {
      const body = await api.open('news', AbortSignal.any([stopping.signal, silence.signal]));
      onListening();
      for await (const news of readNewsLines(watched(body, silence.reset))) onNews(news);
    } finally {
      silence.end();
    }
  };
  const keepListening = async () => {
    while (!stopping.signal.aborted) {
      await listen().catch((error: unknown) => {
        if (!stopping.signal.aborted) logger.debug({ error }, 'the stream of news ended; it is opened again');
      });
      await setTimeout(reconnectMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const listening = keepListening();
  return {
    dependencies: () => ({}),
    async stop() {
      stopping.abort();
      await listening;
    },
  };
}

async function* watched(body: AsyncIterable<Uint8Array>, onBytes: () => void): AsyncGenerator<Uint8Array> {
  for await (const bytes of body) {
    onBytes();
    yield bytes;
  }
}

/** Aborts its signal where nothing resets it for a time. */
function createSilence(milliseconds: number) {
  const controller = new AbortController();
  const timer = globalThis.setTimeout(() => controller.abort(new Error('nothing was heard of main')), milliseconds);
  return { signal: controller.signal, reset: () => void timer.refresh(), end: () => clearTimeout(timer) };
}
