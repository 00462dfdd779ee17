import { fromErrorAnswer, type ProviderWords, readJson } from '@darkroom/integration-sdk/answers';
import type { ProviderResponse, SubmitOutcome } from '@darkroom/integration-sdk/worker';
import { createdSchema, errorAnswerSchema } from './provider-api.schema.ts';
import { checkSettings, errorRules } from './provider-errors.ts';

/** What the answer to the creation of a video means. A job that failed at once tells so when it is asked. */
export function fromProviderResponse({ response }: { response: ProviderResponse }): SubmitOutcome {
  const video = createdSchema.safeParse(readJson(response));
  if (response.status < 300 && video.success) return { kind: 'accepted', externalId: video.data.id };
  return fromErrorAnswer(response, { rules: errorRules, words: readError(response), settings: checkSettings });
}

/** Undefined where the answer is not in the API's envelope. */
export function readError(response: ProviderResponse): ProviderWords | undefined {
  return errorAnswerSchema.safeParse(readJson(response)).data?.error;
}
