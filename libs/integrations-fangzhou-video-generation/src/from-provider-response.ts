import { fromCreatedAnswer, type ProviderWords, readJson } from '@darkroom/integration-sdk/answers';
import type { ProviderResponse, SubmitOutcome } from '@darkroom/integration-sdk/worker';
import { createdSchema, errorAnswerSchema } from './provider-api.schema.ts';
import { checkSettings, errorRules } from './provider-errors.ts';

/** What the answer to a submission means: an id, or Ark's error. */
export function fromProviderResponse({ response }: { response: ProviderResponse }): SubmitOutcome {
  const externalId = createdSchema.safeParse(readJson(response)).data?.id;
  const words = readError(response);
  return fromCreatedAnswer(response, { externalId, rules: errorRules, words, settings: checkSettings });
}

/** What Ark's envelope says; undefined for an answer that is not Ark's own. */
export function readError(response: ProviderResponse): Pick<ProviderWords, 'code' | 'message'> | undefined {
  return errorAnswerSchema.safeParse(readJson(response)).data?.error;
}
