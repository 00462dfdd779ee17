import { randomUUID } from 'node:crypto';
import { bearerKey } from '../bearer-key.ts';
import type { AnswerContent, BlockAnswer, Generation, ImageDialect, ProviderAnswer } from '../image-dialect.ts';
import { litellmJson } from './litellm-json.ts';
import { parseLitellmRequest } from './parse-request.ts';
import { litellmRefusal } from './refusals.ts';

/** Chat completions whose message carries images, as a LiteLLM proxy in front of Vertex answers. */
export const litellmDialect: ImageDialect = {
  name: 'litellm',
  basePath: '/litellm',
  paths: ['/chat/completions'],
  deliveries: ['inline', 'inline_string', 'markdown', 'url_in_text', 'url'],
  apiKeyOf: bearerKey,
  parse: parseLitellmRequest,
  refuse: litellmRefusal,
  block,
  answer,
};

function answer(content: AnswerContent, generation: Generation): ProviderAnswer {
  const completionTokens = content.kind === 'images' ? 1290 : 0;
  const promptTokens = Math.max(1, Math.ceil(generation.prompt.length / 4));
  return litellmJson(200, {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: generation.model.replace(/^.*\//, ''),
    choices: [{ index: 0, message: { role: 'assistant', ...messageOf(content) }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  });
}

/** A block passes through as a success with an empty list of images (github.com/BerriAI/litellm/issues/20357). */
function block(_where: 'prompt' | 'output', generation: Generation): BlockAnswer {
  return { accepted: true, answer: answer({ kind: 'nothing' }, generation) };
}

function messageOf(content: AnswerContent): object {
  switch (content.kind) {
    case 'images':
      return messageWith(
        content.images.map(({ mimeType, base64 }) => `data:${mimeType};base64,${base64}`),
        content.delivery,
      );
    case 'urls':
      return messageWith(content.urls, content.delivery);
    case 'text':
      return { content: content.text };
    case 'nothing':
      return { content: null, images: [] };
  }
}

function messageWith(urls: readonly string[], delivery: string): object {
  if (delivery === 'markdown')
    return { content: `Here is your image:\n\n${urls.map((url) => `![image](${url})`).join('\n')}` };
  if (delivery === 'url_in_text') return { content: `Here is your image: ${urls.join(' ')}` };
  return {
    content: null,
    images: urls.map((url, index) => ({
      image_url: delivery === 'inline_string' ? url : { url, detail: 'auto' },
      index,
      type: 'image_url',
    })),
  };
}
