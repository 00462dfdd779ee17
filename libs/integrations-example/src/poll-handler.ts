import { readJson, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { CancelOutcome, ListOutcome, PollHandler, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { fromCreatedResponse, fromTaskResponse } from './from-task-response.ts';
import type { Input } from './input.schema.ts';
import type { Output } from './output.schema.ts';
import { listSchema } from './provider-api.schema.ts';
import { readError } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization, toProviderRequest } from './to-provider-request.ts';

/** Delivery `poll`: a task is made and asked for until it ends. This provider also cancels tasks and lists them, which others may not. */
export const pollHandler: PollHandler<Input, Output, Settings> = {
  toProviderRequest: (given) => toProviderRequest('/tasks', given),
  fromProviderResponse: fromCreatedResponse,
  toPollRequest: (task) => ({ method: 'GET', ...addressOf(task) }),
  fromPollResponse: fromTaskResponse,
  toOutput: ({ artifacts }) => ({ images: artifacts }),
  cancelling: {
    toCancelRequest: (task) => ({ method: 'DELETE', ...addressOf(task) }),
    fromCancelResponse,
  },
  listing: {
    toListRequest: ({ settings, since, page }) => ({
      method: 'GET',
      url: `${settings.baseUrl}/tasks?${new URLSearchParams({ page: String(page), since: since.toISOString() })}`,
      headers: authorization(settings),
    }),
    fromListResponse,
  },
};

function addressOf({ externalId, settings }: { externalId: string; settings: Settings }) {
  return { url: `${settings.baseUrl}/tasks/${encodeURIComponent(externalId)}`, headers: authorization(settings) };
}

/** What waits in its queue is not charged; what has begun goes on and is. */
function fromCancelResponse({ response }: { response: ProviderResponse }): CancelOutcome {
  if (response.status === 200) return { kind: 'cancelled', billing: 'not_charged' };
  const words = readError(response);
  if (words?.code !== 'not_cancellable' && words?.code !== 'not_found') return toUnavailable(response, words);
  return { kind: 'not_possible', reason: 'The provider has begun with the task, and does not stop it.' };
}

function fromListResponse({ response }: { response: ProviderResponse }): ListOutcome {
  const list = listSchema.safeParse(readJson(response));
  if (response.status !== 200 || !list.success) return toUnavailable(response, readError(response));
  const { items, has_more: hasMore } = list.data;
  const tasks = items.map(({ id, created_at }) => ({ externalId: id, createdAt: new Date(created_at) }));
  return { kind: 'listed', tasks, hasMore };
}
