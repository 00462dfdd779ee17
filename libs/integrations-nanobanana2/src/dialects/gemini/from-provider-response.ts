import { fromErrorAnswer, readJson, toFailure, toTaskFailure } from '@darkroom/integration-sdk/answers';
import type { ProviderOutcome, ProviderResponse, ProviderResult } from '@darkroom/integration-sdk/worker';
import type { GenerationDetails } from '../../output.schema.ts';
import { settings, unreadable } from '../unreadable-answer.ts';
import { errorAnswerSchema } from './google-error.ts';
import { type Candidate, generateContentSchema } from './provider-api.schema.ts';
import { errorRules, finishRules, promptBlocked, withoutImage } from './provider-errors.ts';

/** What an answer of `generateContent` means. Blocks are successes for HTTP. */
export function fromGeminiResponse(response: ProviderResponse): ProviderOutcome {
  const json = readJson(response);
  if (response.status !== 200) {
    const words = errorAnswerSchema.safeParse(json).data;
    return fromErrorAnswer(response, { rules: errorRules, words, settings });
  }
  const answer = generateContentSchema.safeParse(json);
  if (!answer.success) return unreadable(response.status);

  const { promptFeedback, modelVersion } = answer.data;
  const candidates = answer.data.candidates ?? [];
  const externalId = answer.data.responseId || undefined;
  const results = candidates.flatMap(imagesOf);
  if (results.length > 0) {
    const text = textOf(candidates);
    const details: GenerationDetails = {
      ...(text && { text }),
      ...(modelVersion && { model: modelVersion.slice(0, 200) }),
    };
    return { kind: 'accepted', results, details, ...(externalId && { externalId }) };
  }
  const blockReason = promptFeedback?.blockReason;
  const error = blockReason
    ? toFailure(promptBlocked, { status: 200, code: blockReason })
    : toTaskFailure(finishRules, finishOf(candidates), withoutImage);
  return { kind: 'failed', error, ...(externalId && { externalId }) };
}

function imagesOf({ content }: Candidate): ProviderResult[] {
  return (content?.parts ?? []).flatMap(({ inlineData, thought }) => {
    const bytes = thought ? undefined : Buffer.from(inlineData?.data ?? '', 'base64');
    return bytes && bytes.byteLength > 0 ? [{ kind: 'image' as const, bytes }] : [];
  });
}

function textOf(candidates: Candidate[]): string {
  const parts = candidates.flatMap(({ content }) => content?.parts ?? []);
  return parts
    .flatMap(({ text, thought }) => (text && !thought ? [text] : []))
    .join('')
    .trim()
    .slice(0, 2000);
}

function finishOf(candidates: Candidate[]) {
  const [candidate] = candidates;
  const { finishReason, finishMessage } = candidate ?? {};
  return { status: 200, code: finishReason ?? undefined, message: finishMessage ?? textOf(candidates) };
}
