import type { MortalWorker } from './follow-call.ts';
import type { Rig } from './rig.ts';

/** A call of one of the ports that activities use, by its name: `main.claim`, `localSpool.write`, … */
export interface KillPoint {
  port: 'main' | 'objectStore' | 'localSpool' | 'providerHttp';
  method: string;
  /** Whether what was called has taken effect when the worker dies. */
  when: 'before' | 'after';
}

const never = new Promise<never>(() => undefined);

/** Workers of which the first dies at a point; the following ones live. `onKill` runs when it has died. */
export async function* workersKilledAt(
  rig: Rig,
  point: KillPoint,
  onKill: () => Promise<void> = async () => undefined,
): AsyncGenerator<MortalWorker> {
  const dying = Promise.withResolvers<void>();
  const context = await rig.newContext();
  const real = context[point.port];
  const mortal = new Proxy(real, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || name !== point.method) return method;
      return async (...input: unknown[]): Promise<unknown> => {
        if (point.when === 'after') await Reflect.apply(method, target, input);
        await onKill();
        dying.resolve();
        return never;
      };
    },
  });
  yield { context: { ...context, [point.port]: mortal }, killed: dying.promise };
  for (;;) yield { context: await rig.newContext(), killed: never };
}
