import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createWebhookKeys } from './webhook-keys.ts';

const keys = createWebhookKeys('a-secret-of-the-whole-deployment');
const now = Math.floor(Date.now() / 1000);
const message = { id: 'ntf_1', timestamp: now, body: '{"type":"call.completed"}' };
const headersOf = (signature: string) => ({
  'webhook-id': message.id,
  'webhook-timestamp': String(message.timestamp),
  'webhook-signature': signature,
});

describe('webhooks, by the official library of the Standard Webhooks', () => {
  test('verify with the secret that the account was shown', () => {
    const headers = headersOf(keys.sign('shop', message, [1]));
    expect(new Webhook(keys.secretOf('shop', 1)).verify(message.body, headers)).toEqual({ type: 'call.completed' });
  });

  test('verify with either secret during a rotation', () => {
    const headers = headersOf(keys.sign('shop', message, [2, 1]));
    for (const generation of [1, 2])
      expect(() => new Webhook(keys.secretOf('shop', generation)).verify(message.body, headers)).not.toThrow();
    expect(() => new Webhook(keys.secretOf('shop', 3)).verify(message.body, headers)).toThrow('No matching signature');
  });

  test.each([
    ['another body', '{"type":"call.failed"}', {}],
    ['another id', message.body, { 'webhook-id': 'ntf_2' }],
    ['another time', message.body, { 'webhook-timestamp': String(now + 1) }],
  ])('do not verify with %s', (_name, body, changed) => {
    const headers = { ...headersOf(keys.sign('shop', message, [1])), ...changed };
    expect(() => new Webhook(keys.secretOf('shop', 1)).verify(body, headers)).toThrow('No matching signature');
  });

  test("do not verify with another account's secret", () => {
    const headers = headersOf(keys.sign('shop', message, [1]));
    expect(() => new Webhook(keys.secretOf('shop2', 1)).verify(message.body, headers)).toThrow();
    expect(keys.publicKeyOf('shop')).not.toBe(keys.publicKeyOf('shop2'));
  });
});

test('the Ed25519 signature verifies with the public key', () => {
  const signature = /v1a,(\S+)/.exec(keys.sign('shop', message, [1]))?.[1] ?? '';
  const x = Buffer.from(keys.publicKeyOf('shop').replace('whpk_', ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const content = Buffer.from(`${message.id}.${message.timestamp}.${message.body}`);
  expect(verify(null, content, key, Buffer.from(signature, 'base64'))).toBe(true);
});

test('the keys are the same in every process that has the secret, and others with another one', () => {
  const again = createWebhookKeys('a-secret-of-the-whole-deployment');
  expect(again.secretOf('shop', 1)).toBe(keys.secretOf('shop', 1));
  expect(again.publicKeyOf('shop')).toBe(keys.publicKeyOf('shop'));
  expect(createWebhookKeys('another-secret-of-a-deployment').publicKeyOf('shop')).not.toBe(keys.publicKeyOf('shop'));
  expect(Buffer.from(keys.secretOf('shop', 1).replace('whsec_', ''), 'base64')).toHaveLength(32);
});
