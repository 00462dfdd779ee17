import { useSyncExternalStore } from 'react';

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** One clock for the whole page, ticking each second while somebody looks at it. Milliseconds since 1970. */
export function useClock(isRunning: boolean): number {
  return useSyncExternalStore(isRunning ? subscribe : standStill, () => now);
}

function subscribe(listener: () => void): () => void {
  // While nobody looked it stood still.
  if (listeners.size === 0) now = Date.now();
  listeners.add(listener);
  timer ??= setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function standStill(): () => void {
  return () => undefined;
}
