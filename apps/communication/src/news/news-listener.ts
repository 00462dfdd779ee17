import type { AccountNews } from '@darkroom/contract';
import type { DependencyState } from '@darkroom/platform-http';
import type { Logger } from '@darkroom/platform-logging';

/** Hears of new events, until it is stopped. */
export interface NewsListener {
  /** The states of what it hears them through, beside `main`. */
  dependencies(): Record<string, DependencyState>;
  stop(): Promise<void>;
}

export interface NewsListenerOptions {
  onNews: (news: AccountNews) => void;
  /** From now on news are heard; what was told before may have been missed. */
  onListening: () => void;
  logger: Logger;
}
