import type { Pool } from '@darkroom/platform-postgres';
import type { CallRow } from '../database/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { canBeAskedAgain } from '../integrations/can-be-asked-again.ts';
import type { IntegrationCatalog } from '../integrations/integration-catalog.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { claimRefresh, giveBackRefresh } from './claim-refresh.query.ts';

/** Tells a call's workflow to look at the provider now. */
export type RefreshCall = (call: Pick<CallRow, 'id' | 'status' | 'integration' | 'operation'>) => Promise<void>;

interface RefreshDependencies {
  pool: Pool;
  engine: Pick<Engine, 'signal'>;
  catalog: Pick<IntegrationCatalog, 'find'>;
}

const retryAfterSeconds = 5;

/** Wishes that come in quick succession are one: each signal makes the workflow's history longer, and Temporal ends one that is too long. */
export function createRefreshCall({ pool, engine, catalog }: RefreshDependencies): RefreshCall {
  return async (call) => {
    if (call.status !== 'processing' || !canBeAskedAgain(catalog, call)) return;
    const [claimed] = await claimRefresh(pool, [call.id]);
    if (claimed === undefined) return;
    try {
      await engine.signal(call.id, 'refresh');
    } catch (cause) {
      await giveBackRefresh(pool, [call.id]);
      const detail = 'Temporal does not answer. The call goes on and is looked at by itself; ask again in a moment.';
      throw new ProblemError('engine_unavailable', detail, { retryAfterSeconds, cause });
    }
  };
}
