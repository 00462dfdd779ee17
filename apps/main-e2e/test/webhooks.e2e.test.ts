import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewWebhookSecret, WebhookKeys } from '@darkroom/contract';
import { expectNoLeakedProcesses, startStack, type Stack } from '@darkroom/testing';
import { Webhook } from 'standardwebhooks';
import { bodyOf, type Received, type Receiver, startReceiver } from './receiver.ts';

describe('webhooks', () => {
  let receiver: Receiver;
  let stack: Stack;

  beforeAll(async () => {
    receiver = await startReceiver();
    stack = await startStack({
      allowOrigins: [receiver.origin],
      mainEnvironment: { NOTIFICATION_RETRY_SECONDS: '1' },
    });
  }, 240_000);

  afterAll(async () => {
    await receiver.stop();
    await stack?.stop();
    await expectNoLeakedProcesses();
  }, 60_000);

  const hook = (path: string, events?: string[]) => ({
    more: { webhook: { url: `${receiver.origin}${path}`, events } },
  });
  const post = async <Answer>(path: string, body: unknown = {}): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${stack.main.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as Answer;
  };
  const get = async <Answer>(path: string) => (await (await fetch(`${stack.main.url}${path}`)).json()) as Answer;

  test('a call tells its end by a webhook that the official library of the Standard Webhooks takes', async () => {
    const { secret } = await post<NewWebhookSecret>('/v1/account/webhook-secret');
    const { id } = await stack.submit({ prompt: 'tell me when it is there', ...hook('/end') });
    const [first] = await receiver.waitFor('/end', 1);
    const call = await stack.waitForEnd(id);

    const body = new Webhook(secret).verify(first?.body ?? '', first?.headers ?? {});
    const last = (await stack.events(id)).at(-1);
    expect(body).toEqual({ type: 'call.completed', timestamp: last?.createdAt, data: { ...last, call } });
    await expectSignedWithPublishedKey(first as Received);
  }, 120_000);

  async function expectSignedWithPublishedKey({ headers, body }: Received): Promise<void> {
    const { keys } = await get<WebhookKeys>('/.well-known/webhook-keys.json');
    const raw = Buffer.from((keys[0]?.publicKey ?? '').replace(/^whpk_/, ''), 'base64');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = headers['webhook-signature']?.split(' ').find((one) => one.startsWith('v1a,'));
    expect(verify(null, Buffer.from(content), key, Buffer.from(signature?.slice(4) ?? '', 'base64'))).toBe(true);
    expect(bodyOf({ headers, body, path: '' }).type).toBe('call.completed');
  }
});
