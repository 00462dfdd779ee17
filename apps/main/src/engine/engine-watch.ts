import type { Logger } from '@darkroom/platform-logging';
import type { Engine } from './engine.ts';

/** Whether the engine answers. Nothing is started or ended while it does not. */
export interface EngineWatch {
  isUp(): boolean;
  /** Asks, unless an answer or a failure is young enough; answers whether the engine is up. */
  check(): Promise<boolean>;
  /** Asks at once; rejects with the reason where the engine does not answer. */
  ask(): Promise<void>;
  /** How long ended workflows are remembered; undefined until the engine has answered once. */
  retentionSeconds(): number | undefined;
}

const answerHoldsMilliseconds = 1_000;
const longestPauseMilliseconds = 5_000;

export function createEngineWatch({
  engine,
  logger,
}: {
  engine: Pick<Engine, 'retentionSeconds'>;
  logger: Logger;
}): EngineWatch {
  let up: boolean | undefined;
  let retention: number | undefined;
  let failures = 0;
  let nextCheckAt = 0;
  let asking: Promise<void> | undefined;

  const askOnce = async (): Promise<void> => {
    try {
      retention = await engine.retentionSeconds();
    } catch (error) {
      if (up !== false) logger.warn({ error }, 'Temporal does not answer: accepted calls wait for it');
      up = false;
      failures += 1;
      nextCheckAt = Date.now() + Math.min(longestPauseMilliseconds, 250 * 2 ** failures);
      throw error;
    }
    if (up === false) logger.info('Temporal answers again');
    up = true;
    failures = 0;
    nextCheckAt = Date.now() + answerHoldsMilliseconds;
  };
  const ask = (): Promise<void> => (asking ??= askOnce().finally(() => (asking = undefined)));

  return {
    isUp: () => up === true,
    retentionSeconds: () => retention,
    ask,
    async check() {
      if (Date.now() >= nextCheckAt) await ask().catch(() => undefined);
      return up === true;
    },
  };
}
