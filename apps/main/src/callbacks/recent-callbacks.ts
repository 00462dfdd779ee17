/** Remembers for a while which callbacks have been passed on. Bounded: the oldest is forgotten first. */
export interface RecentCallbacks {
  /** The passing-on of the first of its kind, under way or done; undefined for the first. */
  find(callback: string): Promise<unknown> | undefined;
  /** Remembers it from now on; one that could not be passed on is forgotten, so that its next repeat is. */
  remember(callback: string, passingOn: Promise<unknown>): void;
}

interface Remembered {
  until: number;
  passingOn: Promise<unknown>;
}

const rememberedMs = 10 * 60 * 1000;
const mostRemembered = 20_000;

export function createRecentCallbacks(now: () => number = Date.now): RecentCallbacks {
  const recent = new Map<string, Remembered>();
  return {
    find(callback) {
      const found = recent.get(callback);
      return found !== undefined && found.until > now() ? found.passingOn : undefined;
    },
    remember(callback, passingOn) {
      const remembered = { until: now() + rememberedMs, passingOn };
      recent.delete(callback);
      recent.set(callback, remembered);
      const [oldest] = recent.keys();
      if (recent.size > mostRemembered && oldest !== undefined) recent.delete(oldest);
      passingOn.catch(() => {
        if (recent.get(callback) === remembered) recent.delete(callback);
      });
    },
  };
}
