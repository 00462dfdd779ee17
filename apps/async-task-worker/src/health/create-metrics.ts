import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { RunningActivities } from '../temporal/running-activities.ts';

/** The worker's metrics: what it is busy with, and its process. */
export function createMetrics(running: RunningActivities): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'darkroom_worker_running_activities',
    help: 'Activities that this process is busy with, by integration and type.',
    labelNames: ['integration', 'activity'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { integration, activityType } of running.list()) this.inc({ integration, activity: activityType });
    },
  });
  return registry;
}
