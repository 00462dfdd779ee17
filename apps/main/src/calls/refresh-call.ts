import type { CallRow } from '../database/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { canBeAskedAgain } from '../integrations/can-be-asked-again.ts';
import type { IntegrationCatalog } from '../integrations/integration-catalog.ts';
import { ProblemError } from '../problems/problem-error.ts';

/** Tells a call's workflow to look at the provider now. */
export type RefreshCall = (call: Pick<CallRow, 'id' | 'status' | 'integration' | 'operation'>) => Promise<void>;

interface RefreshDependencies {
  engine: Pick<Engine, 'signal'>;
  catalog: Pick<IntegrationCatalog, 'find'>;
}

const atMostEveryMilliseconds = 2_000;
const rememberedCalls = 10_000;
const retryAfterSeconds = 5;

/** Wishes that come in quick succession are one: each signal makes the workflow's history longer. */
export function createRefreshCall({ engine, catalog }: RefreshDependencies): RefreshCall {
  const signalledAt = new Map<string, number>();
  return async (call) => {
    if (call.status !== 'processing' || !canBeAskedAgain(catalog, call)) return;
    const now = performance.now();
    const last = signalledAt.get(call.id);
    if (last !== undefined && now - last < atMostEveryMilliseconds) return;
    if (signalledAt.size >= rememberedCalls) signalledAt.clear();
    signalledAt.set(call.id, now);
    try {
      await engine.signal(call.id, 'refresh');
    } catch (cause) {
      signalledAt.delete(call.id);
      const detail = 'Temporal does not answer. The call goes on and is looked at by itself; ask again in a moment.';
      throw new ProblemError('engine_unavailable', detail, { retryAfterSeconds, cause });
    }
  };
}
