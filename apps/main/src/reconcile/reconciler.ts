import type { CallRow } from '../database/schema.ts';
import type { EngineWatch } from '../engine/engine-watch.ts';
import { startLoop } from '../engine/start-loop.ts';
import { isTerminal } from '@darkroom/contract';
import { claimDueLooks, claimLook, claimOverdueLooks } from './claim-looks.ts';
import { reconcileCall, type Reconciling } from './reconcile-call.ts';

export interface ReconcilerDependencies extends Reconciling {
  engineWatch: EngineWatch;
  timing?: Partial<ReconcilerTiming>;
}

export interface ReconcilerTiming {
  sweepMilliseconds: number;
  /** A call that was looked at in this time is left alone, and so is one that started in it. */
  quietSeconds: number;
  /** How long beyond its time a running workflow is left alone. */
  marginSeconds: number;
  /** A read looks at calls that are at least this old. */
  readAfterSeconds: number;
  looksPerSweep: number;
}

export interface Reconciler {
  /** Somebody reads a call that has not ended: looks at its workflow, at most once in `quietSeconds`. The reader does not wait. */
  noteRead(call: Pick<CallRow, 'id' | 'status' | 'created_at'>): void;
  /** Looks at nothing more and waits for the looks that are under way. */
  stop(): Promise<void>;
}

const defaultTiming: ReconcilerTiming = {
  sweepMilliseconds: 10_000,
  quietSeconds: 30,
  marginSeconds: 300,
  readAfterSeconds: 5,
  looksPerSweep: 50,
};
const looksAtOnce = 4;
const lookMilliseconds = 5_000;
const lookOnReadMilliseconds = 500;
const rememberedReads = 10_000;

/** Brings calls to their end whose workflow has ended, gone or hung without telling. */
export function startReconciler(dependencies: ReconcilerDependencies): Reconciler {
  const { database, engineWatch, logger } = dependencies;
  const timing = { ...defaultTiming, ...dependencies.timing };
  const readAt = new Map<string, number>();
  const looksOnRead = new Set<Promise<void>>();
  let stopping = false;

  const loop = startLoop({
    run: sweep,
    everyMilliseconds: timing.sweepMilliseconds,
    onError: (error) => logger.error({ error }, 'the reconciler could not read or change calls: it tries again'),
  });

  async function sweep(): Promise<void> {
    const retentionSeconds = (await engineWatch.check()) ? engineWatch.retentionSeconds() : undefined;
    if (retentionSeconds === undefined) return;
    const { quietSeconds, marginSeconds, looksPerSweep } = timing;
    const limit = Math.ceil(looksPerSweep / 2);
    const overdue = await claimOverdueLooks(database, { quietSeconds, marginSeconds, limit });
    const others = await claimDueLooks(database, {
      quietSeconds,
      repeatWithinSeconds: retentionSeconds / 2,
      limit: looksPerSweep - overdue.length,
    });
    const due = [...overdue, ...others];
    const takeLooks = async (): Promise<void> => {
      for (let callId = due.shift(); callId !== undefined && !stopping; callId = due.shift())
        await look(callId, retentionSeconds, lookMilliseconds);
    };
    await Promise.all(Array.from({ length: looksAtOnce }, takeLooks));
  }

  async function look(callId: string, retentionSeconds: number, withinMilliseconds: number): Promise<void> {
    const options = { callId, withinMilliseconds, marginSeconds: timing.marginSeconds, retentionSeconds };
    await reconcileCall(dependencies, options).catch((error: unknown) =>
      logger.warn(
        { error, call_id: callId, workflow_id: callId },
        'the look at the workflow failed: it is repeated later',
      ),
    );
  }

  async function lookOnRead(callId: string): Promise<void> {
    const retentionSeconds = engineWatch.isUp() ? engineWatch.retentionSeconds() : undefined;
    if (retentionSeconds === undefined) return;
    if (await claimLook(database, { callId, quietSeconds: timing.quietSeconds }))
      await look(callId, retentionSeconds, lookOnReadMilliseconds);
  }

  function isDueOnRead({ id, status, created_at }: Pick<CallRow, 'id' | 'status' | 'created_at'>): boolean {
    const now = Date.now();
    if (stopping || isTerminal(status) || now - created_at.getTime() < timing.readAfterSeconds * 1000) return false;
    return now - (readAt.get(id) ?? 0) >= timing.quietSeconds * 1000 && looksOnRead.size < looksAtOnce;
  }

  return {
    noteRead(call) {
      if (!isDueOnRead(call)) return;
      if (readAt.size >= rememberedReads) readAt.clear();
      readAt.set(call.id, Date.now());
      const looking = lookOnRead(call.id)
        .catch((error: unknown) =>
          logger.warn({ error, call_id: call.id, workflow_id: call.id }, 'the call could not be looked at'),
        )
        .finally(() => looksOnRead.delete(looking));
      looksOnRead.add(looking);
    },
    async stop() {
      stopping = true;
      await loop.stop();
      await Promise.all(looksOnRead);
    },
  };
}
