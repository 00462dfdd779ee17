import { readJson, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { CancelOutcome, ListOutcome, PollHandler, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { fromPollResponse } from './from-poll-response.ts';
import { fromProviderResponse, readError } from './from-provider-response.ts';
import type { VideoInput } from './input.schema.ts';
import { findModelFault } from './models.ts';
import { videoDetailsSchema, type VideoOutput } from './output.schema.ts';
import { listSchema } from './provider-api.schema.ts';
import type { Settings } from './settings.ts';
import { authorization, toProviderRequest } from './to-provider-request.ts';

/** Both operations: they differ in whether there are images to start from. */
export const videoHandler: PollHandler<VideoInput, VideoOutput, Settings> = {
  findInputFault: ({ input, settings }) => findModelFault(input, settings.model),
  toProviderRequest,
  fromProviderResponse,
  toPollRequest: (task) => ({ method: 'GET', ...addressOf(task) }),
  fromPollResponse,
  toOutput: ({ artifacts, details }) => {
    const lastFrame = artifacts.find(({ role }) => role === 'last_frame');
    const videos = artifacts.filter((artifact) => artifact !== lastFrame);
    return { ...videoDetailsSchema.parse(details), videos, ...(lastFrame && { lastFrame }) };
  },
  cancelling: {
    // For a task that has ended the same request deletes its record, with the same answer.
    possibleAt: ['queued'],
    toCancelRequest: (task) => ({ method: 'DELETE', ...addressOf(task) }),
    fromCancelResponse,
  },
  listing: { toListRequest, fromListResponse },
};

function addressOf({ externalId, settings }: { externalId: string; settings: Settings }) {
  return { url: `${settings.baseUrl}/${encodeURIComponent(externalId)}`, headers: authorization(settings) };
}

/** Only successes are billed. The status that stands for "not any more" is undocumented, so any definite no does. */
function fromCancelResponse({ response }: { response: ProviderResponse }): CancelOutcome {
  const { status } = response;
  if (status === 200) return { kind: 'cancelled', billing: 'not_charged' };
  const words = readError(response);
  if (words === undefined || ![400, 404, 409].includes(status)) return toUnavailable(response, words);
  return {
    kind: 'not_possible',
    reason: 'Ark cancels tasks that still wait in its queue only, and this one does not.',
  };
}

const pageSize = 500;

/** Every model's tasks: that the filter knows each name a setting may hold is nowhere said, and a list that is too short would be false proof. */
function toListRequest({ settings, page }: { settings: Settings; page: number }) {
  const query = new URLSearchParams({ page_num: String(page), page_size: String(pageSize) });
  return { method: 'GET', url: `${settings.baseUrl}?${query}`, headers: authorization(settings) } as const;
}

function fromListResponse({ response }: { response: ProviderResponse }): ListOutcome {
  const list = listSchema.safeParse(readJson(response));
  if (response.status !== 200 || !list.success) return toUnavailable(response, readError(response));
  const { items, total } = list.data;
  const tasks = items.map(({ id, created_at }) => ({
    externalId: id,
    createdAt: new Date(created_at * 1000),
  }));
  return { kind: 'listed', tasks, hasMore: tasks.length === pageSize, ...(total !== undefined && { total }) };
}
