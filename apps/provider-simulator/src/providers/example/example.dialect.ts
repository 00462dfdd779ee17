import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bearerKey } from '../bearer-key.ts';
import { faultMessage } from '../fault-message.ts';
import { refused, understood, type AnswerContent, type BlockAnswer, type ImageDialect } from '../image-dialect.ts';
import type { ParsedRequest, ProviderAnswer, Refusal } from '../image-dialect.ts';
import { pixelSize } from '../pixel-size.ts';

/** An invented provider with the smallest useful API, for the integration that others are copied from. */
export const exampleDialect: ImageDialect = {
  name: 'example',
  basePath: '/example/v1',
  paths: ['/images'],
  deliveries: ['inline', 'url'],
  apiKeyOf: bearerKey,
  parse,
  refuse,
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
  return json(200, { id: `img_${randomUUID()}`, ...resultOf(content) });
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
  return { accepted: false, answer: error(422, 'content_blocked', 'The prompt was blocked by the content policy.') };
}

function refuse(refusal: Refusal): ProviderAnswer {
  switch (refusal.kind) {
    case 'invalid_key':
    case 'unauthorized':
      return error(401, 'unauthorized', 'The API key is missing or not valid.');
    case 'leaks_key':
      return error(401, 'unauthorized', `The API key ${refusal.apiKey} is not valid.`);
    case 'bad_request':
      return error(400, 'invalid_request', refusal.message);
    case 'unknown_model':
      return error(404, 'unknown_model', `There is no model ${refusal.model}.`);
    case 'rate_limited': {
      const { retryAfterSeconds, perDay } = refusal;
      const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterSeconds)) };
      const code = perDay ? 'daily_limit_reached' : 'rate_limited';
      return json(429, { error: { code, message: 'Too many requests.' } }, headers);
    }
    case 'quota_exceeded':
      return error(402, 'quota_exceeded', 'The account has no credit left.');
    case 'unavailable_envelope':
      return error(503, 'unavailable', 'The service takes no requests at the moment.');
    case 'internal_error':
      return error(500, 'internal', 'The service failed.');
  }
}

function error(status: number, code: string, message: string): ProviderAnswer {
  return json(status, { error: { code, message } });
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): ProviderAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
