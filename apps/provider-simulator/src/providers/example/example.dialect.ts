import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bearerKey } from '../bearer-key.ts';
import { faultMessage } from '../fault-message.ts';
import { refused, understood, type AnswerContent, type BlockAnswer, type ImageDialect } from '../image-dialect.ts';
import type { ParsedRequest, ProviderAnswer } from '../image-dialect.ts';
import { pixelSize } from '../pixel-size.ts';
import { exampleError, exampleJson, exampleRefusal } from './example-refusal.ts';

/** An invented provider with the smallest useful API, for the integration that others are copied from. */
export const exampleDialect: ImageDialect = {
  name: 'example',
  basePath: '/example/v1',
  paths: ['/images'],
  deliveries: ['inline', 'url'],
  apiKeyOf: bearerKey,
  parse,
  refuse: exampleRefusal,
  block,
  answer,
};

const requestSchema = z.strictObject({ prompt: z.string().min(1), size: z.string().default('512x512') });

function parse(request: FastifyRequest): ParsedRequest {
  const body = requestSchema.safeParse(request.body);
  if (!body.success) return refused({ kind: 'bad_request', ...faultMessage(body.error) });
  const size = pixelSize(body.data.size);
  if (!size) return refused({ kind: 'bad_request', message: `Invalid size '${body.data.size}'`, field: 'size' });
  return understood({ ...size, model: 'example-image', prompt: body.data.prompt, count: 1, inputs: [] });
}

function answer(content: AnswerContent): ProviderAnswer {
  return exampleJson(200, { id: `img_${randomUUID()}`, ...resultOf(content) });
}

function resultOf(content: AnswerContent): object {
  switch (content.kind) {
    case 'images':
      return { image: content.images[0]?.base64 };
    case 'urls':
      return { url: content.urls[0] };
    case 'text':
      return { message: content.text };
    case 'nothing':
      return {};
  }
}

function block(): BlockAnswer {
  return {
    accepted: false,
    answer: exampleError(422, 'content_blocked', 'The prompt was blocked by the content policy.'),
  };
}
