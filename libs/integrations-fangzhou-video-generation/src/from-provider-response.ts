import { failure } from '@darkroom/contract';
import { fromErrorAnswer, type ProviderWords, readJson } from '@darkroom/integration-sdk/answers';
import type { ProviderResponse, SubmitOutcome } from '@darkroom/integration-sdk/worker';
import { createdSchema, errorAnswerSchema } from './provider-api.schema.ts';
import { checkSettings, errorRules } from './provider-errors.ts';

/** What the answer to a submission means: an id, or Ark's error. */
export function fromProviderResponse({ response }: { response: ProviderResponse }): SubmitOutcome {
  const words = readError(response);
  if (response.status !== 200) return fromErrorAnswer(response, { rules: errorRules, words, settings: checkSettings });
  const created = createdSchema.safeParse(readJson(response));
  if (created.success) return { kind: 'accepted', externalId: created.data.id };
  const message = `Ark's answer names no task, though it may have made one: check ${checkSettings}.`;
  return {
    kind: 'failed',
    error: failure('provider_response_invalid', message, { provider: { status: 200, ...words } }),
  };
}

/** What Ark's envelope says; undefined for an answer that is not Ark's own. */
export function readError(response: ProviderResponse): Pick<ProviderWords, 'code' | 'message'> | undefined {
  const answer = errorAnswerSchema.safeParse(readJson(response));
  if (!answer.success) return undefined;
  const { code, message } = answer.data.error;
  return { ...(code && { code }), ...(message && { message }) };
}
