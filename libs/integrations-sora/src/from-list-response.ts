import { readJson, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { ListOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { readError } from './from-provider-response.ts';
import { videoListSchema } from './provider-api.schema.ts';

/** A page of the videos of this key, of every model: it can only prove that one is not there. */
export function fromListResponse({ response }: { response: ProviderResponse }): ListOutcome {
  const list = videoListSchema.safeParse(readJson(response));
  if (response.status !== 200 || !list.success) return toUnavailable(response, readError(response));
  const { data, has_more: hasMore } = list.data;
  const tasks = data.map((video) => ({ externalId: video.id, createdAt: new Date(video.created_at * 1000) }));
  return { kind: 'listed', tasks, hasMore };
}
