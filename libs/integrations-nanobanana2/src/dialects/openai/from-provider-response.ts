import type { ProviderOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import type { GenerationDetails } from '../../output.schema.ts';
import { fromForeignAnswer } from '../foreign-answer.ts';
import { failed, unreadable } from '../outcomes.ts';
import { readJson } from '@darkroom/integration-sdk/answers';
import { findImages, wordsOf } from './find-images.ts';
import { type OpenaiAnswer, openaiAnswerSchema, openaiErrorSchema } from './provider-api.schema.ts';
import { fromOpenaiError, isModeration } from './provider-errors.ts';

/** What an answer in OpenAI's formats means. */
export function fromOpenaiResponse(response: ProviderResponse): ProviderOutcome {
  const json = readJson(response);
  if (response.status !== 200) {
    const envelope = openaiErrorSchema.safeParse(json);
    return envelope.success ? fromOpenaiError(envelope.data.error, response) : fromForeignAnswer(response);
  }
  const answer = openaiAnswerSchema.safeParse(json);
  if (!answer.success) return unreadable(response.status);

  const externalId = answer.data.id || response.headers['x-request-id'];
  const results = findImages(answer.data);
  if (results.length === 0) return withoutImage(answer.data, externalId);
  const text = wordsOf(answer.data);
  const model = answer.data.model?.slice(0, 200);
  const details: GenerationDetails = { ...(text && { text }), ...(model && { model }) };
  return { kind: 'accepted', results, details, ...(externalId && { externalId }) };
}

function withoutImage(answer: OpenaiAnswer, externalId: string | undefined): ProviderOutcome {
  const [choice] = answer.choices ?? [];
  const refusal = choice?.message?.refusal;
  const code = answer.error?.code ?? choice?.finish_reason ?? undefined;
  const said = answer.error?.message ?? refusal ?? wordsOf(answer);
  const words = { status: 200, code: code === undefined ? undefined : String(code), message: said };
  if (refusal || choice?.finish_reason === 'content_filter' || (answer.error && isModeration(answer.error))) {
    const message = 'The provider refused the content: change the prompt or the images.';
    return failed({ code: 'content_rejected', message, words, externalId });
  }
  // Gateways pass a safety block on like this too (github.com/BerriAI/litellm/issues/20357).
  const message =
    'The provider answered without an image, which some gateways do for blocked content. Change the prompt, or make the call again.';
  return failed({ code: 'provider_failed', message, words, externalId });
}
