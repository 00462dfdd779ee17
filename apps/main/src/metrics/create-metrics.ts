import type { Kysely } from 'kysely';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Logger } from '@darkroom/platform-logging';
import type { Database } from '../database/schema.ts';
import type { EngineWatch } from '../engine/engine-watch.ts';
import { createCallMetrics, type CallMetrics } from './call-metrics.ts';
import { createNotificationMetrics, type NotificationMetrics } from './notification-metrics.ts';
import { createRetentionMetrics, type RetentionMetrics } from './retention-metrics.ts';
import { registerWaitingMetrics } from './waiting-metrics.ts';

export interface MainMetrics {
  /** What `GET /metrics` prints: our own numbers, and the process's memory, CPU and event loop. */
  registry: Registry;
  calls: CallMetrics;
  notifications: NotificationMetrics;
  retention: RetentionMetrics;
  /** Shows whether Temporal answers. */
  watchEngine(engine: Pick<EngineWatch, 'isUp'>): void;
}

export function createMetrics({ database, logger }: { database: Kysely<Database>; logger: Logger }): MainMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  registerWaitingMetrics({ registry, database, logger });
  const calls = createCallMetrics(registry);
  return {
    registry,
    calls,
    notifications: createNotificationMetrics(registry),
    retention: createRetentionMetrics(registry),
    watchEngine(engine) {
      new Gauge({
        name: 'darkroom_engine_up',
        help: '1 while Temporal answers, 0 while accepted calls wait for it.',
        registers: [registry],
        collect() {
          this.set(engine.isUp() ? 1 : 0);
        },
      });
    },
  };
}
