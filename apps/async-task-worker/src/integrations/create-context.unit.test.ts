import { defineIntegration } from '@darkroom/integration-sdk';
import type { ProviderReply } from '@darkroom/integration-sdk/worker';
import { describe, expect, test } from '@jest/globals';
import { createMetrics } from '../health/create-metrics.ts';
import { createPollBudgets } from '../polling/poll-budgets.ts';
import { activitySlots } from '../temporal/activity-slots.ts';
import { createRunningActivities } from '../temporal/running-activities.ts';
import { createContext, type SharedContext } from './create-context.ts';

const definition = defineIntegration({
  name: 'tiny',
  title: 'Tiny',
  description: 'For tests.',
  settings: {},
  simulatorSettings: () => ({}),
  pollsPerSecond: 1,
  operations: {},
});
const today = { credentialId: 'tiny:two', settings: { apiKey: 'two' } };
const before = { credentialId: 'tiny:one', settings: { apiKey: 'one' } };

function contextOf({ reply, overrule }: { reply?: ProviderReply; overrule?: number } = {}) {
  const polls = createPollBudgets(overrule);
  const metrics = createMetrics({ running: createRunningActivities(), polls });
  const shared = { providerHttp: { query: () => Promise.resolve(reply) } } as unknown as SharedContext;
  const integration = {
    definition,
    packageName: '',
    taskQueue: '',
    ...today,
    previous: before,
    secrets: ['two', 'one'],
  };
  return { context: createContext(shared, integration, { polls, metrics }), polls, metrics };
}

describe('what an integration works with', () => {
  test('are the settings that made a submission, today’s or those before them, and none for a set that is unknown', () => {
    const { context } = contextOf();
    expect(context.settings).toEqual({ apiKey: 'two' });
    expect(context.settingsOf('tiny:two')).toEqual({ apiKey: 'two' });
    expect(context.settingsOf('tiny:one')).toEqual({ apiKey: 'one' });
    expect(context.settingsOf('tiny:zero')).toBeUndefined();
  });

  test('is one poll budget for each set of credentials', async () => {
    const { context, polls } = contextOf();
    expect(context.pollBudgetOf('tiny:two')).toBe(context.pollBudgetOf('tiny:two'));
    expect(context.pollBudgetOf('tiny:one')).not.toBe(context.pollBudgetOf('tiny:two'));
    await context.pollBudgetOf('tiny:two').take();
    const stopping = new AbortController();
    const second = context.pollBudgetOf('tiny:two').take(stopping.signal);
    expect(polls.waiting()).toContainEqual({ integration: 'tiny', waiting: 1 });
    stopping.abort(new Error('stopping'));
    await expect(second).rejects.toThrow('stopping');
  });

  test('is a budget that the operator may overrule', async () => {
    const { context, polls } = contextOf({ overrule: 3 });
    const budget = context.pollBudgetOf('tiny:two');
    await Promise.all([budget.take(), budget.take(), budget.take()]);
    expect(polls.waiting()).toEqual([{ integration: 'tiny', waiting: 0 }]);
  });

  test('are slots for two thousand calls that wait, some for single looks beside them, and never all', () => {
    const { pollSlots } = contextOf().context;
    const taken = Array.from({ length: activitySlots }, () => pollSlots.take());
    expect(taken.filter((slot) => slot?.mayStay)).toHaveLength(2_000);
    expect(taken.filter((slot) => slot && !slot.mayStay)).toHaveLength(250);
  });

  test('is counted where it asks providers', async () => {
    const reply: ProviderReply = { kind: 'no_answer', reason: 'it took too long' };
    const { context, metrics } = contextOf({ reply });
    const query = { method: 'GET' as const, url: 'https://a.example', headers: {} };
    expect(await context.providerHttp.query(query, { timeoutMs: 1 })).toBe(reply);
    expect(await metrics.registry.metrics()).toContain(
      'darkroom_worker_provider_queries_total{integration="tiny",result="no_answer"} 1',
    );
  });
});
