import { startTestMiddleware, type TestMiddleware } from '../middleware/start-test-middleware.ts';
import type { Kept } from './ask-keeper.ts';
import { createNamespace } from './create-namespace.ts';

type Kind = keyof Kept;

export interface KeptMiddleware {
  /** Starts it where nobody has asked for it before. */
  give(kind: Kind): Promise<Kept[Kind]>;
  stop(): Promise<void>;
}

/** Keeps at most one middleware of each kind. */
export function keepMiddleware(): KeptMiddleware {
  const started = new Map<Kind, Promise<TestMiddleware>>();
  const start = (kind: Kind) => {
    const running = started.get(kind) ?? startTestMiddleware({ [kind]: true });
    started.set(kind, running);
    return running;
  };
  const givers: { [Each in Kind]: () => Promise<Kept[Each]> } = {
    postgres: async () => ({ port: (await start('postgres')).postgres.port }),
    temporal: async () => {
      const { address } = (await start('temporal')).temporal;
      return { address, namespace: await createNamespace(address) };
    },
    objectStore: async () => {
      const { endpoint, region, accessKeyId, secretAccessKey } = (await start('objectStore')).objectStore;
      return { endpoint, region, accessKeyId, secretAccessKey };
    },
  };
  return {
    give: (kind) => givers[kind](),
    stop: async () => {
      for (const running of await Promise.allSettled(started.values()))
        if (running.status === 'fulfilled') await running.value.stop();
    },
  };
}
