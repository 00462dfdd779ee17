import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fastify from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiInstance } from './api-instance.ts';
import { describeApi } from './openapi/openapi.plugin.ts';
import { sendSecurityHeaders } from './security-headers.ts';

const app: ApiInstance = fastify().withTypeProvider<ZodTypeProvider>();

beforeAll(async () => {
  sendSecurityHeaders(app);
  await describeApi(app);
  app.get('/failing', { schema: { hide: true } }, () => {
    throw new Error('on purpose');
  });
});
afterAll(() => app.close());

test.each([
  ['/openapi.json', 200],
  ['/failing', 500],
  ['/no-such-page', 404],
])('%s, which answers %s, tells a browser to run, frame and guess nothing', async (url, statusCode) => {
  const answer = await app.inject({ url });
  expect(answer.statusCode).toBe(statusCode);
  expect(answer.headers).toMatchObject({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
});

test('the page at /docs may run its own scripts', async () => {
  const page = await app.inject({ url: '/docs/' });
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self'/);
});
