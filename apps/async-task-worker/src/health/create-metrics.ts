import type { ProviderReply } from '@darkroom/integration-sdk/worker';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { PollBudgets } from '../polling/poll-budgets.ts';
import type { RunningActivities } from '../temporal/running-activities.ts';

export interface Metrics {
  registry: Registry;
  /** Counts a question that cost nothing: a look at a task, a list, a wish to cancel. */
  countQuery(integration: string, reply: ProviderReply): void;
}

/** The worker's metrics: what it is busy with, how it asks providers, and its process. */
export function createMetrics({ running, polls }: { running: RunningActivities; polls: PollBudgets }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'darkroom_worker_running_activities',
    help: 'Activities that this process is busy with, by integration and type. Those whose type ends in Poll wait for a provider.',
    labelNames: ['integration', 'activity'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { integration, activityType } of running.list()) this.inc({ integration, activity: activityType });
    },
  });
  new Gauge({
    name: 'darkroom_worker_looks_waiting',
    help: 'Looks at a provider that wait for their turn in the poll budget of its credentials.',
    labelNames: ['integration'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { integration, waiting } of polls.waiting()) this.inc({ integration }, waiting);
    },
  });
  const queries = new Counter({
    name: 'darkroom_worker_provider_queries_total',
    help: 'Questions to providers that cost nothing, by what came back: an HTTP status, or why there was none.',
    labelNames: ['integration', 'result'],
    registers: [registry],
  });
  return {
    registry,
    countQuery: (integration, reply) =>
      queries.inc({ integration, result: reply.kind === 'answered' ? String(reply.response.status) : reply.kind }),
  };
}
