import { newsChannel } from '@darkroom/contract';
import type { DependencyState } from '@darkroom/platform-http';
import { subscribeTo } from '@darkroom/platform-redis';
import type { NewsListener, NewsListenerOptions } from './news-listener.ts';
import { toNews } from './news-lines.ts';

// Why is in the log: its address is nothing for everybody.
const away: DependencyState = {
  status: 'down',
  detail: 'Events come up to two seconds late until it is back.',
  required: false,
};

/** Hears the news of every `main` through Redis. */
export function listenToRedis(url: string, { onNews, onListening, logger }: NewsListenerOptions): NewsListener {
  let state: DependencyState = away;
  const subscription = subscribeTo(url, {
    channel: newsChannel,
    onListening() {
      state = { status: 'up', required: false };
      onListening();
    },
    onMessage: (message) => {
      const news = toNews(message);
      if (news !== undefined) onNews(news);
    },
    onAway(error) {
      state = away;
      logger.warn({ error }, 'Redis is away: events are found by comparing every two seconds until it is back');
    },
  });
  return {
    dependencies: () => ({ redis: state }),
    stop() {
      subscription.stop();
      return Promise.resolve();
    },
  };
}
