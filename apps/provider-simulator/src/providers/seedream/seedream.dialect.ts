import { arkError, arkJson, newRequestId } from '../ark/ark-json.ts';
import { arkErrorIn200, arkRefusal } from '../ark/ark-refusal.ts';
import { bearerKey } from '../bearer-key.ts';
import type { AnswerContent, BlockAnswer, Generation, ImageDialect, ProviderAnswer } from '../image-dialect.ts';
import { parseSeedreamRequest } from './parse-request.ts';

/** Seedream images on Ark: one image or a group, of which single items can fail. */
export const seedreamDialect: ImageDialect = {
  name: 'seedream',
  basePath: '/ark/api/v3',
  paths: ['/images/generations'],
  deliveries: ['url', 'inline'],
  failsPartly: true,
  apiKeyOf: bearerKey,
  parse: parseSeedreamRequest,
  refuse: arkRefusal,
  errorIn200: arkErrorIn200,
  block,
  answer,
};

/** Moderation can take one image out of a group; the others are made and billed. */
function answer(content: AnswerContent, generation: Generation): ProviderAnswer {
  const items = itemsOf(content, generation);
  const failed = 'failedItem' in content ? content.failedItem : undefined;
  return success(failed === undefined ? items : items.with(failed, failedItem()), generation);
}

function success(data: readonly object[], generation: Generation): ProviderAnswer {
  const generatedImages = data.filter((item) => !('error' in item)).length;
  const tokens = generatedImages * tokensOf(generation);
  return arkJson(200, {
    model: generation.model,
    created: Math.floor(Date.now() / 1000),
    data,
    usage: { generated_images: generatedImages, output_tokens: tokens, total_tokens: tokens },
  });
}

function itemsOf(content: AnswerContent, { width, height }: Generation): readonly object[] {
  const size = `${width}x${height}`;
  switch (content.kind) {
    case 'images':
      return content.images.map(({ base64 }) => ({ b64_json: base64, size }));
    case 'urls':
      return content.urls.map((url) => ({ url, size }));
    case 'text':
      return [{ size }];
    case 'nothing':
      return [];
  }
}

function failedItem(): object {
  return { error: { code: blockedOutput.code, message: `${blockedOutput.message} Request id: ${newRequestId()}` } };
}

const blockedOutput = {
  code: 'OutputImageSensitiveContentDetected',
  message: 'The request failed because the output image may contain sensitive information.',
};

const blockedPrompt = {
  code: 'InputTextSensitiveContentDetected',
  message: 'The request failed because the input text may contain sensitive information.',
};

/** A definite refusal with a client error's status: nothing was accepted. */
function block(where: 'prompt' | 'output'): BlockAnswer {
  const error = where === 'prompt' ? { ...blockedPrompt, param: 'prompt' } : blockedOutput;
  return { accepted: false, answer: arkError(400, { ...error, type: 'BadRequest' }) };
}

/** What Ark bills: one token for 256 pixels. */
function tokensOf({ width, height }: Generation): number {
  return Math.floor((width * height) / 256);
}
