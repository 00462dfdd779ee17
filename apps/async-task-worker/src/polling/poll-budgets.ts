import { createPollBudget, type ObservedPollBudget, type PollBudget } from '@darkroom/integration-sdk/worker';

/** The poll budgets of this process. */
export interface PollBudgets {
  budgetOf(integration: string, credentialId: string, declaredPerSecond: number | undefined): PollBudget;
  /** How many looks wait for their turn, by integration. */
  waiting(): { integration: string; waiting: number }[];
}

const defaultPerSecond = 20;

/** `overrule`: what the operator allows instead of what the integrations declare. */
export function createPollBudgets(overrule: number | undefined): PollBudgets {
  const budgets = new Map<string, { integration: string; budget: ObservedPollBudget }>();
  return {
    budgetOf(integration, credentialId, declaredPerSecond) {
      const known = budgets.get(credentialId);
      if (known) return known.budget;
      const budget = createPollBudget({ perSecond: overrule ?? declaredPerSecond ?? defaultPerSecond });
      budgets.set(credentialId, { integration, budget });
      return budget;
    },
    waiting: () => [...budgets.values()].map(({ integration, budget }) => ({ integration, waiting: budget.waiting() })),
  };
}
