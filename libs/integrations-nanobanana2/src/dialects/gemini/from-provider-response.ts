import type { ProviderOutcome, ProviderResponse, ProviderResult } from '@darkroom/integration-sdk/worker';
import type { GenerationDetails } from '../../output.schema.ts';
import { fromForeignAnswer } from '../foreign-answer.ts';
import { failed, unreadable } from '../outcomes.ts';
import { readJson } from '@darkroom/integration-sdk/answers';
import { type Candidate, generateContentSchema, googleErrorSchema } from './provider-api.schema.ts';
import { fromGoogleError, isContentBlock } from './provider-errors.ts';

/** What an answer of `generateContent` means. Blocks are successes for HTTP. */
export function fromGeminiResponse(response: ProviderResponse): ProviderOutcome {
  const json = readJson(response);
  if (response.status !== 200) {
    const envelope = googleErrorSchema.safeParse(json);
    return envelope.success ? fromGoogleError(envelope.data.error, response) : fromForeignAnswer(response);
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
  if (blockReason) {
    const message = 'The provider blocked the prompt: change it.';
    return failed({ code: 'content_rejected', message, words: { status: 200, code: blockReason }, externalId });
  }
  return withoutImage(candidates, externalId);
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

function withoutImage(candidates: Candidate[], externalId: string | undefined): ProviderOutcome {
  const [candidate] = candidates;
  const finishReason = candidate?.finishReason ?? undefined;
  const words = { status: 200, code: finishReason, message: candidate?.finishMessage ?? textOf(candidates) };
  if (finishReason !== undefined && isContentBlock(finishReason)) {
    const message = 'The provider did not give out the image for what it shows: change the prompt or the images.';
    return failed({ code: 'content_rejected', message, words, externalId });
  }
  const message = 'The provider answered without an image. Ask for an image more plainly, or make the call again.';
  return failed({ code: 'provider_failed', message, words, externalId });
}
