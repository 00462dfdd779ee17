import { createPollSlots, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import type { Metrics } from '../health/create-metrics.ts';
import type { PollBudgets } from '../polling/poll-budgets.ts';
import { activitySlots } from '../temporal/activity-slots.ts';
import type { ConfiguredIntegration } from './read-worker-config.ts';

/** What all integrations of the process share. */
export type SharedContext = Omit<
  IntegrationContext,
  'settings' | 'settingsOf' | 'secrets' | 'credentialId' | 'pollBudgetOf' | 'pollSlots'
>;

/** What one integration works with: what all share, its own settings, and a poll budget for each set of credentials. */
export function createContext(
  shared: SharedContext,
  { definition, settings, credentialId, previous, secrets }: ConfiguredIntegration,
  { polls, metrics }: { polls: PollBudgets; metrics: Pick<Metrics, 'countQuery'> },
): IntegrationContext {
  const { name, pollsPerSecond } = definition;
  return {
    ...shared,
    providerHttp: {
      ...shared.providerHttp,
      async query(query, options) {
        const reply = await shared.providerHttp.query(query, options);
        metrics.countQuery(name, reply);
        return reply;
      },
    },
    settings,
    settingsOf: (id) => {
      if (id === credentialId) return settings;
      return id === previous?.credentialId ? previous.settings : undefined;
    },
    secrets,
    credentialId,
    pollBudgetOf: (id) => polls.budgetOf(name, id, pollsPerSecond),
    // Each integration has a Temporal Worker of its own, with slots of its own.
    pollSlots: createPollSlots({ slots: activitySlots }),
  };
}
