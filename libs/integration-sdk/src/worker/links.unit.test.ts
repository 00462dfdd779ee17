import { createId } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { isMediaLink, readCallbackToken } from '../signed-links/index.ts';
import { createLinks } from './links.ts';

const secret = 'a-secret-of-the-test';
const submission = { integration: 'tiny', callId: createId('call'), attempt: 2 };
const media = { accountId: 'default', mediaId: createId('upl'), expiresAt: new Date('2026-01-01T01:00:00Z') };

describe('addresses for providers', () => {
  const links = createLinks({ baseUrl: 'https://darkroom.example/api', secret });

  test('a callback address stands under the public address and names its submission', () => {
    const [token, integration, ...base] = (links.callbackUrl(submission) ?? '').split('/').reverse();
    expect(base.reverse().join('/')).toBe('https://darkroom.example/api/callbacks');
    expect(integration).toBe('tiny');
    expect(readCallbackToken(secret, 'tiny', token ?? '')).toEqual(submission);
  });

  test("an upload's address holds until it expires, and for its own account only", () => {
    const url = new URL(links.mediaUrl(media) ?? '');
    expect(url.pathname).toBe(`/api/media/${media.mediaId}`);
    const signature = url.searchParams.get('signature') ?? '';
    const read = { ...media, expiresAt: new Date(Number(url.searchParams.get('expires')) * 1000), signature };
    expect(isMediaLink(secret, { ...read, now: new Date('2026-01-01T00:59:59Z') })).toBe(true);
    expect(isMediaLink(secret, { ...read, now: new Date('2026-01-01T01:00:00Z') })).toBe(false);
    expect(isMediaLink(secret, { ...read, accountId: 'other', now: new Date(0) })).toBe(false);
  });

  test('there are none where providers cannot reach us', () => {
    const none = createLinks({ baseUrl: undefined, secret });
    expect([none.callbackUrl(submission), none.mediaUrl(media)]).toEqual([undefined, undefined]);
  });
});
