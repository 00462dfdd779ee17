import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { createOriginPolicy, findForeignSign } from './foreign-request.ts';

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;
const codeFor = (policy: ReturnType<typeof createOriginPolicy>, headers: Record<string, string>) =>
  findForeignSign(policy, request(headers))?.code;

describe('on the developer’s machine', () => {
  const policy = createOriginPolicy({
    publicBaseUrl: 'http://localhost:3000',
    allowOrigins: ['http://localhost:4200'],
    host: '127.0.0.1',
    inProduction: false,
  });

  test.each([
    ['a program', { host: 'localhost:3001' }, undefined],
    ['the page of main', { host: 'localhost:3001', origin: 'http://localhost:3000' }, undefined],
    ['the same page under another local name', { host: '127.0.0.1:3001', origin: 'http://127.0.0.1:3000' }, undefined],
    ['a page that was allowed', { host: 'localhost:3001', origin: 'http://localhost:4200' }, undefined],
    ['another local page', { host: 'localhost:3001', origin: 'http://localhost:5000' }, 'foreign_origin'],
    ['another site', { host: 'localhost:3001', origin: 'https://evil.example' }, 'foreign_origin'],
    ['a page without an origin', { host: 'localhost:3001', origin: 'null' }, 'foreign_origin'],
    ['a name that was rebound to loopback', { host: 'evil.example:3001' }, 'foreign_host'],
    ['no host', {}, 'foreign_host'],
  ] as const)('%s', (_who, headers, code) => {
    expect(codeFor(policy, headers)).toBe(code);
  });
});

test('in production the page is the one of PUBLIC_BASE_URL, and the proxy in front knows the host', () => {
  const policy = createOriginPolicy({
    publicBaseUrl: 'https://darkroom.example/app',
    allowOrigins: [],
    host: '127.0.0.1',
    inProduction: true,
  });

  expect(codeFor(policy, { host: 'stream.internal', origin: 'https://darkroom.example' })).toBeUndefined();
  expect(codeFor(policy, { host: 'stream.internal', origin: 'http://darkroom.example' })).toBe('foreign_origin');
  expect(codeFor(policy, { host: 'stream.internal', origin: 'http://localhost:3000' })).toBe('foreign_origin');
});
