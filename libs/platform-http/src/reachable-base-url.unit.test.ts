import { describe, expect, test } from '@jest/globals';
import { reachableBaseUrl } from './reachable-base-url.ts';

const reachable = (publicBaseUrl: string | undefined, more: { simulated?: boolean; allowOrigins?: string[] } = {}) =>
  reachableBaseUrl({ publicBaseUrl, simulated: false, allowOrigins: [], ...more });

describe('the address that providers are given', () => {
  test('is the public one, without a slash at its end', () => {
    expect(reachable('https://darkroom.example/base/')).toBe('https://darkroom.example/base');
  });

  test.each([undefined, 'http://localhost:3000', 'http://192.168.1.5:3000', 'http://[::1]/', 'ftp://a.example', 'no'])(
    'is none for %s, which a provider cannot reach',
    (url) => expect(reachable(url)).toBeUndefined(),
  );

  test('may be private where the simulator is the provider, or where its exact origin is exempt', () => {
    const local = 'http://127.0.0.1:3000';
    expect(reachable(local, { simulated: true })).toBe(local);
    expect(reachable(local, { allowOrigins: [local] })).toBe(local);
    expect(reachable(local, { allowOrigins: ['http://127.0.0.1:3900'] })).toBeUndefined();
    expect(reachable('file:///etc', { simulated: true })).toBeUndefined();
  });
});
