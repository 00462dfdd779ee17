import { afterAll, beforeAll } from '@jest/globals';
import {
  type Call,
  callSchema,
  type NewWebhookSecret,
  type Notification,
  type NotificationDetails,
  notificationDetailsSchema,
  notificationSchema,
  pageSchema,
} from '@darkroom/contract';
import { expectNoLeakedProcesses, startStack, type Stack, type StackOptions, until } from '@darkroom/testing';
import { type Receiver, startReceiver } from './receiver.ts';

/** The accounts of the test, each with its key. Without a key a request acts for `default`. */
const keys = { alpha: 'key-of-alpha', beta: 'key-of-beta' };

interface Asked {
  account?: keyof typeof keys;
  method?: string;
  body?: unknown;
}

/** The whole system, and a receiver of webhooks that it may reach. */
export interface NotificationStack {
  stack: Stack;
  receiver: Receiver;
  ask(path: string, asked?: Asked): Promise<Response>;
  /** Fails where the answer is no success. */
  json<Answer>(path: string, asked?: Asked): Promise<Answer>;
  /** Makes a call that nobody carries out within the test. */
  acceptForLater(more: Record<string, unknown>, account?: keyof typeof keys): Promise<Call>;
  /** Makes the account's next secret. */
  renewSecret(body?: { overlapSeconds: number }): Promise<NewWebhookSecret>;
  notifications(query: string, account?: keyof typeof keys): Promise<Notification[]>;
  notification(id: string): Promise<NotificationDetails>;
  untilNotification(id: string, isAsWanted: (one: NotificationDetails) => boolean): Promise<NotificationDetails>;
}

/** Starts and stops it around the tests of a file, by hooks. */
export function setUpNotifications(options: () => StackOptions = () => ({})): NotificationStack {
  const side = {} as NotificationStack;

  beforeAll(async () => {
    side.receiver = await startReceiver();
    const { mainEnvironment, allowOrigins = [], ...more } = options();
    side.stack = await startStack({
      allowOrigins: [side.receiver.origin, otherHostOf(side.receiver), ...allowOrigins],
      mainEnvironment: {
        API_KEYS: Object.entries(keys)
          .map(([account, key]) => `${account}:${key}`)
          .join(','),
        REQUIRE_API_KEY: 'false',
        NOTIFICATION_RETRY_SECONDS: '1',
        ...mainEnvironment,
      },
      ...more,
    });
  });

  afterAll(async () => {
    await side.receiver.stop();
    await side.stack?.stop();
    await expectNoLeakedProcesses();
  });

  side.ask = (path, { account, method = 'GET', body } = {}) =>
    fetch(`${side.stack.main.url}${path}`, {
      method,
      headers: {
        ...(account && { authorization: `Bearer ${keys[account]}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  side.json = async <Answer>(path: string, asked?: Asked) => {
    const response = await side.ask(path, asked);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Answer;
  };
  side.acceptForLater = async (more, account) => {
    const call = { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt: 'later' } };
    const body = { ...call, delaySeconds: 3600, ...more };
    return callSchema.parse(await side.json('/v1/calls', { method: 'POST', body, ...(account && { account }) }));
  };
  side.renewSecret = (body) => side.json('/v1/account/webhook-secret', { method: 'POST', body: body ?? {} });
  side.notifications = async (query, account) => {
    const page: unknown = await side.json(`/v1/notifications?limit=100&${query}`, { ...(account && { account }) });
    return pageSchema(notificationSchema).parse(page).items;
  };
  side.notification = async (id) => notificationDetailsSchema.parse(await side.json(`/v1/notifications/${id}`));
  side.untilNotification = (id, isAsWanted) =>
    until(`the notification ${id} is as wanted`, async () => {
      const one = await side.notification(id);
      return isAsWanted(one) && one;
    });
  return side;
}

/** The same receiver under another name: for deliveries it is another one. */
export function otherHostOf({ origin }: Receiver): string {
  return origin.replace('127.0.0.1', 'localhost');
}
