import type { RetentionKind } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import type { ObjectStore } from '@darkroom/platform-object-store';
import { createMetrics } from '../src/metrics/create-metrics.ts';
import { createRemovers } from '../src/retention/create-removers.ts';
import { createRetention, type Retention } from '../src/retention/retention.ts';
import type { RetentionDays } from '../src/retention/retention-settings.ts';
import { courseOf, type testKeys } from './public-api.ts';
import { setUpStoringApi } from './set-up-storing-api.ts';

type Account = keyof typeof testKeys;

export const logger = createLogger({ service: 'main', level: 'silent', json: true });
const noHistories = {
  list: () => Promise.resolve({ workflows: [], token: null }),
  delete: () => Promise.resolve(false),
};

/** Starts the public API beside an object store for each test, with what removes from both what is old. */
export function setUpRetention() {
  const api = setUpStoringApi(undefined, { per: 'test' });

  /** Ten days from now, with seven days of everything kept where nothing else is said. */
  function inTenDays(
    days: RetentionDays = { events: 7, artifacts: 7, histories: 7 },
    store: Pick<ObjectStore, 'delete'> = api.objectStore,
  ): Retention & { metrics(): Promise<string> } {
    const { database } = api;
    const metrics = createMetrics({ database, logger });
    const removers = createRemovers({ database, objectStore: store, closedWorkflows: noHistories });
    const now = () => new Date(Date.now() + 10 * 24 * 3_600_000);
    const retention = createRetention({ days, removers, metrics: metrics.retention, logger, now });
    return { ...retention, metrics: () => metrics.registry.metrics() };
  }

  async function removeAll(kind: RetentionKind, retention: Retention = inTenDays()) {
    const removed = { count: 0, bytes: 0 };
    let cursor: string | null = null;
    do {
      const step = await retention.remove(kind, cursor);
      removed.count += step.count;
      removed.bytes += step.bytes;
      cursor = step.cursor;
    } while (cursor !== null);
    return removed;
  }

  const acceptCall = async (account: Account = 'alpha', headers: Record<string, string> = {}) =>
    (await api.submit({ account, headers })).body.id;

  async function endedCall(account: Account = 'alpha', headers: Record<string, string> = {}) {
    const id = await acceptCall(account, headers);
    const { processing, completed } = courseOf(id);
    await api.change(id, [processing, completed]);
    return id;
  }

  return { api, inTenDays, removeAll, acceptCall, endedCall };
}
