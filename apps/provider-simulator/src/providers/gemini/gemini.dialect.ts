import type { ImageDialect } from '../image-dialect.ts';
import { geminiAnswer, geminiBlock } from './answers.ts';
import { parseGeminiRequest } from './parse-request.ts';
import { geminiRefusal } from './refusals.ts';

/** Gemini's own `models/{model}:generateContent`. */
export const geminiDialect: ImageDialect = {
  name: 'gemini',
  basePath: '/gemini/v1beta',
  paths: ['/models/:target'],
  deliveries: ['inline'],
  apiKeyOf: (request) => [request.headers['x-goog-api-key']].flat()[0] || undefined,
  parse: parseGeminiRequest,
  refuse: geminiRefusal,
  block: geminiBlock,
  answer: geminiAnswer,
};
