import { readJson, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse, ProviderResult } from '@darkroom/integration-sdk/worker';
import { readError, toWords } from './from-provider-response.ts';
import { type Video, videoSchema } from './provider-api.schema.ts';
import { jobRules } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization, videoUrl } from './to-provider-request.ts';

interface Look {
  response: ProviderResponse;
  externalId: string;
  settings: Settings;
}

const unfinishedSteps = new Set(['queued', 'in_progress']);

/** What a video's state means. Its files are downloaded from the same API, with the key. */
export function fromPollResponse({ response, externalId, settings }: Look): PollOutcome {
  const video = videoSchema.safeParse(readJson(response));
  if (response.status !== 200 || !video.success) {
    const words = readError(response);
    return response.status === 404 && words ? { kind: 'not_found' } : toUnavailable(response, words);
  }
  const { status } = video.data;
  if (status === 'failed') return { kind: 'failed', error: toJobFailure(video.data) };
  if (status !== 'completed') return toPending(video.data);
  const content = `${videoUrl(externalId, settings)}/content?variant=`;
  const headers = authorization(settings);
  const results: ProviderResult[] = [
    { kind: 'video', url: `${content}video`, headers },
    { kind: 'image', role: 'thumbnail', url: `${content}thumbnail`, headers },
  ];
  return { kind: 'succeeded', results };
}

function toPending({ status, progress }: Video): PollOutcome {
  return {
    kind: 'pending',
    ...(unfinishedSteps.has(status) && { step: status }),
    ...(typeof progress === 'number' && { percent: progress }),
  };
}

function toJobFailure({ error }: Video) {
  const advice = 'The provider could not generate the video: make the call again.';
  return toTaskFailure(jobRules, toWords(error ?? {}), { failure: 'provider_failed', advice });
}
