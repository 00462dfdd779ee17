/** Remembers for a while which callbacks have been passed on. Bounded: the oldest is forgotten first. */
export interface RecentCallbacks {
  /** Whether it is the first of its kind; it is remembered from now on. */
  isFirst(callback: string): boolean;
  /** For one that could not be passed on, so that its repeat is. */
  forget(callback: string): void;
}

const rememberedMs = 10 * 60 * 1000;
const mostRemembered = 20_000;

export function createRecentCallbacks(now: () => number = Date.now): RecentCallbacks {
  const rememberedUntil = new Map<string, number>();
  return {
    isFirst(callback) {
      if ((rememberedUntil.get(callback) ?? 0) > now()) return false;
      rememberedUntil.delete(callback);
      rememberedUntil.set(callback, now() + rememberedMs);
      const [oldest] = rememberedUntil.keys();
      if (rememberedUntil.size > mostRemembered && oldest !== undefined) rememberedUntil.delete(oldest);
      return true;
    },
    forget: (callback) => void rememberedUntil.delete(callback),
  };
}
