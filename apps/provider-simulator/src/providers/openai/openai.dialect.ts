import { bearerKey } from '../bearer-key.ts';
import type { AnswerContent, BlockAnswer, Generation, ImageDialect, ProviderAnswer } from '../image-dialect.ts';
import { openaiError, openaiJson } from './openai-json.ts';
import { parseOpenaiRequest } from './parse-request.ts';
import { openaiRefusal } from './refusals.ts';

/** OpenAI's images API as it and its resellers speak it. */
export const openaiDialect: ImageDialect = {
  name: 'openai',
  basePath: '/openai/v1',
  paths: ['/images/generations', '/images/edits'],
  deliveries: ['inline', 'url'],
  apiKeyOf: bearerKey,
  parse: parseOpenaiRequest,
  refuse: openaiRefusal,
  block,
  answer,
};

function answer(content: AnswerContent, generation: Generation): ProviderAnswer {
  return openaiJson(200, { created: Math.floor(Date.now() / 1000), data: dataOf(content, generation) });
}

function dataOf(content: AnswerContent, { prompt }: Generation): readonly object[] {
  switch (content.kind) {
    case 'images':
      return content.images.map(({ base64 }) => ({ b64_json: base64 }));
    case 'urls':
      return content.urls.map((url) => ({ url, revised_prompt: prompt }));
    case 'text':
      return [{ revised_prompt: content.text }];
    case 'nothing':
      return [];
  }
}

/** A definite refusal with a client error's status: nothing was accepted. */
function block(where: 'prompt' | 'output'): BlockAnswer {
  const message =
    where === 'prompt'
      ? 'Your request was rejected as a result of our safety system. Your prompt may contain text that is not allowed by our safety system.'
      : 'Your request was rejected by the safety system. safety_violations=[sexual].';
  const error = { message, type: 'image_generation_user_error', code: 'moderation_blocked' };
  return { accepted: false, answer: openaiError(400, error) };
}
