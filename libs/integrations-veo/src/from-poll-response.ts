import { readJson, toFailure, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { readGoogleError } from './google-error.ts';
import { type Operation, operationSchema } from './provider-api.schema.ts';
import { errorRules, grpcNames } from './provider-errors.ts';
import type { Settings } from './settings.ts';

/** What an operation's state means. */
export function fromPollResponse(given: { response: ProviderResponse; settings: Settings }): PollOutcome {
  const operation = operationSchema.safeParse(readJson(given.response));
  if (given.response.status === 200 && operation.success) return fromOperation(operation.data, given.settings);
  const { words, response } = readGoogleError(given.response);
  return words?.code?.startsWith('NOT_FOUND') ? { kind: 'not_found' } : toUnavailable(response, words);
}

function fromOperation({ done, error, response }: Operation, settings: Settings): PollOutcome {
  if (!done) return { kind: 'pending' };
  if (error) return fromOperationError(error);
  const { generatedSamples, raiMediaFilteredReasons } = response?.generateVideoResponse ?? {};
  const samples = (generatedSamples ?? []).filter((sample) => sample !== undefined);
  const filteredReasons = (raiMediaFilteredReasons ?? []).map((reason) => reason.slice(0, 500)).slice(0, 10);
  if (samples.length === 0) return withoutVideo(response, filteredReasons);
  const results = samples.map(({ video }) => ({ kind: 'video' as const, url: video.uri, headers: keyFor(video.uri) }));
  return { kind: 'succeeded', results, ...(filteredReasons.length > 0 && { details: { filteredReasons } }) };

  /** A download needs the key, which only the API's own origin may see. */
  function keyFor(uri: string): Record<string, string> {
    return new URL(uri).origin === new URL(settings.baseUrl).origin ? { 'x-goog-api-key': settings.apiKey } : {};
  }
}

function fromOperationError({ code, message }: NonNullable<Operation['error']>): PollOutcome {
  const words = { code: grpcNames[code ?? 2] ?? String(code), message: message ?? undefined };
  if (words.code === 'CANCELLED') return { kind: 'cancelled' };
  const advice = 'The provider could not generate the video: make the call again.';
  return { kind: 'failed', error: toTaskFailure(errorRules, words, { failure: 'provider_failed', advice }) };
}

/** Google ends an operation without an error where its filters held everything back. */
function withoutVideo(response: Operation['response'], reasons: string[]): PollOutcome {
  const isFiltered = reasons.length > 0 || (response?.generateVideoResponse?.raiMediaFilteredCount ?? 0) > 0;
  const advice = isFiltered
    ? 'The provider made the video and did not give it out for what it shows: change the prompt or the images.'
    : 'The provider ended the operation without a video: make the call again.';
  const failure = isFiltered ? 'content_rejected' : 'provider_failed';
  return { kind: 'failed', error: toFailure({ failure, advice }, { status: 200, message: reasons.join(' ') }) };
}
