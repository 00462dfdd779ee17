import { OutboundError, type OutboundErrorCode } from '@darkroom/platform-http';
import { describe, expect, test } from '@jest/globals';
import { createGuardedHttp } from './guarded-http.ts';

const kindFor = async (code: OutboundErrorCode, status?: number) => {
  const client = {
    download: () => Promise.reject(new OutboundError(code, 'no', status === undefined ? {} : { status })),
    close: () => Promise.resolve(),
  };
  return (await createGuardedHttp(client).download('https://a.example', { maxBytes: 1, timeoutMs: 1 })).kind;
};

describe('a download that failed', () => {
  test.each<[OutboundErrorCode, number | undefined, string]>([
    ['forbidden', undefined, 'refused'],
    ['too_large', undefined, 'refused'],
    ['too_many_redirects', undefined, 'refused'],
    ['timed_out', undefined, 'unavailable'],
    ['unreachable', undefined, 'unavailable'],
    ['status', 410, 'gone'],
    ['status', 404, 'missing'],
    ['status', 403, 'missing'],
    ['status', 400, 'missing'],
    ['status', 401, 'missing'],
    ['status', 409, 'missing'],
    ['status', 425, 'missing'],
    ['status', 429, 'unavailable'],
    ['status', 503, 'unavailable'],
    ['status', 402, 'refused'],
  ])('with %s %s is %s', async (code, status, expected) => {
    expect(await kindFor(code, status)).toBe(expected);
  });
});
