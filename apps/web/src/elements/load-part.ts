import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

const pausesMs = [500, 2_000, 5_000];

/**
 * A part of the page that is loaded when it is first shown. It is asked for again where the network or the server is away for a moment;
 * after that `Part` around it offers the way out.
 */
export function loadPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await askAgain(load) }));
}

/** Rejects with the last fault once no pause is left. */
export async function askAgain<Loaded>(
  load: () => Promise<Loaded>,
  pauses: readonly number[] = pausesMs,
): Promise<Loaded> {
  for (const pause of pauses) {
    try {
      return await load();
    } catch {
      // The last attempt tells why.
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return load();
}
