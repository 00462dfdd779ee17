import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startManagedProcess, type ManagedProcess } from '../process/managed-process.ts';
import { stopOrphan } from '../process/stop-orphan.ts';
import { untilReady } from '../process/until-ready.ts';
import type { MiddlewareContext, MiddlewareDriver } from './middleware-driver.ts';

const passingFailureSeconds = 10;

export interface MiddlewarePlace {
  readonly logFile: string;
  readonly recordFile: string;
  readonly ownGroup: boolean;
  /** How long it may take from its start until it answers. */
  readonly readySeconds: number;
}

/** Starts one middleware and resolves when it answers. What does not come up is stopped, and its last lines are told. */
export async function runMiddleware(
  driver: MiddlewareDriver,
  context: MiddlewareContext,
  place: MiddlewarePlace,
): Promise<ManagedProcess> {
  await stopOrphan(place.recordFile);
  mkdirSync(context.dataDirectory, { recursive: true });
  const plan = await driver.prepare(context);
  const retryUntil = performance.now() + passingFailureSeconds * 1000;
  for (;;) {
    context.abortSignal.throwIfAborted();
    const running = await startManagedProcess(plan, { name: context.name, ...place });
    try {
      await untilReady(running, () => driver.check(context), { ...place, abortSignal: context.abortSignal });
      await driver.provision?.(context);
      return running;
    } catch (error) {
      await running.stop();
      const passes = driver.passingFailure?.test((error as Error).message) === true;
      if (!passes || performance.now() > retryUntil) throw error;
      await delay(200);
    }
  }
}

export function placeIn(directory: string, name: string): Pick<MiddlewarePlace, 'logFile' | 'recordFile'> {
  return { logFile: join(directory, 'logs', `${name}.output.log`), recordFile: join(directory, 'run', `${name}.json`) };
}
