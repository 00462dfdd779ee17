import { createHash, randomBytes } from 'node:crypto';
import type { AnswerContent, BlockAnswer, Generation, ProviderAnswer } from '../image-dialect.ts';
import { googleJson } from './google-json.ts';

const imageTokens = 1290;
const thoughtTokens = 187;

export function geminiAnswer(content: AnswerContent, generation: Generation): ProviderAnswer {
  const parts = partsOf(content, generation);
  const candidate = {
    content: { ...(parts.length > 0 && { parts }), role: 'model' },
    finishReason: 'STOP',
    index: 0,
  };
  return googleJson(200, {
    candidates: [candidate],
    ...epilogue(generation, content.kind === 'images' ? imageTokens : 0),
  });
}

/** A block is a success for HTTP: of the prompt, without candidates; of the output, with a candidate that has no parts. */
export function geminiBlock(where: 'prompt' | 'output', generation: Generation): BlockAnswer {
  if (where === 'prompt') {
    const promptFeedback = { blockReason: 'PROHIBITED_CONTENT' };
    return { accepted: true, answer: googleJson(200, { promptFeedback, ...epilogue(generation, 0) }) };
  }
  const finishMessage =
    'Unable to show the generated image. The image was filtered out because it violated the usage policy. You will not be charged for blocked images. Support code: 42876398.';
  const candidates = [{ content: { role: 'model' }, finishReason: 'IMAGE_SAFETY', finishMessage, index: 0 }];
  return { accepted: true, answer: googleJson(200, { candidates, ...epilogue(generation, 0) }) };
}

function partsOf(content: AnswerContent, generation: Generation): readonly object[] {
  if (content.kind === 'text') return [{ text: content.text }];
  if (content.kind !== 'images') return [];
  const images = content.images.map(({ mimeType, base64 }) => ({
    inlineData: { mimeType, data: base64 },
    ...(thinks(generation) && { thoughtSignature: thoughtSignature(generation) }),
  }));
  return generation.imageOnly ? images : [{ text: 'Here you go: ' }, ...images];
}

function epilogue(generation: Generation, producedTokens: number) {
  const textTokens = Math.max(1, Math.ceil(generation.prompt.length / 4));
  const inputTokens = generation.inputs.length * 258;
  const thoughtsTokenCount = thinks(generation) ? thoughtTokens : 0;
  const promptTokenCount = textTokens + inputTokens;
  return {
    usageMetadata: {
      promptTokenCount,
      ...(producedTokens > 0 && { candidatesTokenCount: producedTokens }),
      totalTokenCount: promptTokenCount + producedTokens + thoughtsTokenCount,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: textTokens },
        ...(inputTokens > 0 ? [{ modality: 'IMAGE', tokenCount: inputTokens }] : []),
      ],
      ...(producedTokens > 0 && { candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: producedTokens }] }),
      ...(thoughtsTokenCount > 0 && { thoughtsTokenCount }),
    },
    modelVersion: generation.model,
    responseId: randomBytes(17).toString('base64url'),
  };
}

function thinks({ model }: Generation): boolean {
  return model.startsWith('gemini-3');
}

function thoughtSignature({ prompt }: Generation): string {
  const digest = createHash('sha512').update(prompt).digest();
  return Buffer.concat(Array.from({ length: 12 }, () => digest)).toString('base64');
}
