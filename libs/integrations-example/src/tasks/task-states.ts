import { readJson } from '@darkroom/integration-sdk/answers';
import { AsyncTaskError, implementTask, step } from '@darkroom/integration-sdk/tasks';
import type { IntegrationContext, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { definition } from '../definition.ts';
import { pollHandler } from '../poll-handler.ts';
import { taskSchema } from '../provider-api.schema.ts';
import type { Settings } from '../settings.ts';

const longestLookMs = 10_000;

/**
 * Asks the provider how far its tasks are, in a step for each. A look costs nothing; what costs something is an operation, because only calls are
 * claimed before they are paid for. It tells states and no results: a task may be another account's.
 */
export function createTaskStates(context: IntegrationContext<Settings>) {
  return implementTask(definition, 'example_task_states', async function* ({ externalIds }) {
    const states: [externalId: string, state: string][] = [];
    for (const [index, externalId] of externalIds.entries()) {
      const state = yield* step(`look ${index + 1}`, ({ signal }) => lookAt(externalId, { context, signal }));
      states.push([externalId, state]);
    }
    return { states: Object.fromEntries(states) };
  });
}

async function lookAt(
  externalId: string,
  { context, signal }: { context: IntegrationContext<Settings>; signal: AbortSignal },
): Promise<string> {
  const { settings, credentialId, providerHttp } = context;
  await context.pollBudgetOf(credentialId).forLoops().take(signal);
  const query = pollHandler.toPollRequest({ externalId, settings });
  const reply = await providerHttp.query(query, { timeoutMs: longestLookMs, signal });
  if (reply.kind === 'answered') return readState(reply.response);
  throw new AsyncTaskError('no_answer', `The provider did not tell how far the task is: ${reply.reason}`);
}

function readState(response: ProviderResponse): string {
  if (response.status === 404) return 'not_found';
  const task = taskSchema.safeParse(readJson(response));
  if (task.success) return task.data.status;
  throw new AsyncTaskError('no_answer', `The provider answered ${response.status}, which says nothing of the task.`);
}
