import { readJson, toFailure, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse, ProviderResult } from '@darkroom/integration-sdk/worker';
import { readError } from './from-provider-response.ts';
import { videoSchema } from './provider-api.schema.ts';
import { couldNotGenerate, expired, jobRules } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization, videoUrl } from './to-provider-request.ts';

interface Look {
  response: ProviderResponse;
  externalId: string;
  settings: Settings;
}

const steps = new Set(['queued', 'in_progress']);

/** What a video's state means. Its files are downloaded from the same API, with the key. */
export function fromPollResponse({ response, externalId, settings }: Look): PollOutcome {
  const video = videoSchema.safeParse(readJson(response));
  if (response.status !== 200 || !video.success) {
    const words = readError(response);
    return response.status === 404 && words ? { kind: 'not_found' } : toUnavailable(response, words);
  }
  const { status, progress, error } = video.data;
  if (status === 'failed') return { kind: 'failed', error: toTaskFailure(jobRules, error ?? {}, couldNotGenerate) };
  if (status === 'expired') return { kind: 'failed', error: toFailure(expired, error ?? {}) };
  if (status === 'cancelled' || status === 'canceled') return { kind: 'cancelled' };
  if (status !== 'completed') {
    const percent = progress ?? undefined;
    return { kind: 'pending', ...(steps.has(status) && { step: status }), ...(percent !== undefined && { percent }) };
  }
  const content = `${videoUrl(externalId, settings)}/content?variant=`;
  const headers = authorization(settings);
  const results: ProviderResult[] = [
    { kind: 'video', url: `${content}video`, headers },
    { kind: 'image', role: 'thumbnail', url: `${content}thumbnail`, headers },
  ];
  return { kind: 'succeeded', results };
}
