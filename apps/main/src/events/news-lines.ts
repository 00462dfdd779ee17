import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AccountNews, newsHeartbeatSeconds } from '@darkroom/contract';
import { createBell } from './bell.ts';
import type { EventBus } from './event-bus.ts';

/**
 * The news of all accounts as lines of JSON: what comes within one turn of the event loop goes out together, each account's newest. A blank line says that
 * nothing came for some seconds; the first one, that news are heard from now on. Whoever reads slowly gets each account's newest later.
 */
export async function* newsLines(
  eventBus: Pick<EventBus, 'onNews'>,
  signal: AbortSignal,
  heartbeatSeconds = newsHeartbeatSeconds,
): AsyncGenerator<string> {
  const bell = createBell();
  const untold = new Map<string, number>();
  // Other processes tell us what we told them, too.
  const told = new Map<string, number>();
  const unsubscribe = eventBus.onNews((accountId, lastSequence) => {
    if (lastSequence <= (untold.get(accountId) ?? told.get(accountId) ?? -1)) return;
    untold.set(accountId, lastSequence);
    bell.ring();
  });
  try {
    yield '\n';
    while (!signal.aborted) {
      bell.reset();
      if (untold.size === 0) await bell.wait(heartbeatSeconds * 1000, signal);
      await nextTurn();
      const news = [...untold].map(([accountId, lastSequence]): AccountNews => ({ accountId, lastSequence }));
      for (const { accountId, lastSequence } of news) told.set(accountId, lastSequence);
      untold.clear();
      yield news.length === 0 ? '\n' : news.map((item) => `${JSON.stringify(item)}\n`).join('');
    }
  } finally {
    unsubscribe();
  }
}
