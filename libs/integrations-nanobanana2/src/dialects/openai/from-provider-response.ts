import { fromErrorAnswer, readJson, toTaskFailure } from '@darkroom/integration-sdk/answers';
import type { ProviderOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import type { GenerationDetails } from '../../output.schema.ts';
import { settings, unreadable } from '../unreadable-answer.ts';
import { findImages, wordsOf } from './find-images.ts';
import { errorAnswerSchema, type OpenaiAnswer, openaiAnswerSchema } from './provider-api.schema.ts';
import { contentRefused, errorRules, resultRules, withoutImage } from './provider-errors.ts';

/** What an answer in OpenAI's formats means. */
export function fromOpenaiResponse(response: ProviderResponse): ProviderOutcome {
  const json = readJson(response);
  if (response.status !== 200) {
    const words = errorAnswerSchema.safeParse(json).data;
    return fromErrorAnswer(response, { rules: errorRules, words, settings });
  }
  const answer = openaiAnswerSchema.safeParse(json);
  if (!answer.success) return unreadable(response.status);

  const externalId = answer.data.id || response.headers['x-request-id'];
  const results = findImages(answer.data);
  if (results.length === 0) return toFailed(answer.data, externalId);
  const text = wordsOf(answer.data);
  const model = answer.data.model?.slice(0, 200);
  const details: GenerationDetails = { ...(text && { text }), ...(model && { model }) };
  return { kind: 'accepted', results, details, ...(externalId && { externalId }) };
}

function toFailed(answer: OpenaiAnswer, externalId: string | undefined): ProviderOutcome {
  const [choice] = answer.choices ?? [];
  const refusal = choice?.message?.refusal;
  const code = [answer.error?.code, choice?.finish_reason].filter(Boolean).join(' ') || undefined;
  const words = { status: 200, code, message: answer.error?.message ?? refusal ?? wordsOf(answer) };
  const error = toTaskFailure(resultRules, words, refusal ? contentRefused : withoutImage);
  return { kind: 'failed', error, ...(externalId && { externalId }) };
}
