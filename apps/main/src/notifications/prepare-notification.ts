import type { AccountEvent, PreparedNotification } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import { readBatchOf } from '../batches/batch-reader.ts';
import { presentCall } from '../calls/present-call.ts';
import { shownColumns } from '../calls/shown-call.ts';
import type { NotificationRow } from '../database/notification-tables.ts';
import type { Database } from '../database/schema.ts';
import { presentEvent } from '../events/present-event.ts';
import { mailMessage } from './mail-message.ts';
import { slackMessage } from './slack-message.ts';
import { tellEvent } from './tell-event.ts';
import { type EventSubject, webhookBody } from './webhook-body.ts';
import type { WebhookKeys } from './webhook-keys.ts';
import { findWebhookSecrets } from './webhook-secrets.ts';

export interface PreparingDependencies {
  database: Kysely<Database>;
  /** Where clients reach the public API. */
  baseUrl: () => string;
  /** Whether the web page is served there: people are led to it, and not to the API. */
  hasPage: boolean;
  webhookKeys: WebhookKeys;
  /** A signed address of a small picture of the call's result; undefined where there is none that the world could fetch. */
  thumbnailUrl: (accountId: string, output: unknown) => string | undefined;
  now?: () => Date;
}

/**
 * What a worker has to send for a notification, signed for this attempt; `over` where nothing is left to do in this round. Undefined
 * where there is no such notification.
 */
export async function prepareNotification(
  dependencies: PreparingDependencies,
  id: string,
  round: number,
): Promise<PreparedNotification | undefined> {
  const { database, baseUrl, hasPage, now = () => new Date() } = dependencies;
  const notification = await findWithTarget(database, id);
  if (notification === undefined) return undefined;
  const { status, account_id: accountId, channel, target, call_id, batch_id, next_attempt_at } = notification;
  if (notification.round !== round || (status !== 'pending' && status !== 'delivering')) return { kind: 'over' };
  const afterSeconds = ((next_attempt_at?.getTime() ?? 0) - now().getTime()) / 1000;
  if (afterSeconds > 0) return { kind: 'not_due', afterSeconds };

  const told = await readEvent(dependencies, notification);
  // It can be removed while it is asked to be sent again.
  if (told === undefined) return { kind: 'unsendable', reason: 'The event that it told of was removed.' };
  const { event, subject } = told;
  const about = { ...(call_id !== null && { callId: call_id }), ...(batch_id !== null && { batchId: batch_id }) };
  if (channel === 'webhook') {
    const body = webhookBody(event, subject);
    return {
      kind: 'post',
      channel,
      url: target,
      headers: await signedHeaders(dependencies, notification, body),
      body,
      ...about,
    };
  }
  const words = tellEvent(event, subject, { baseUrl: baseUrl(), hasPage });
  const thumbnail = dependencies.thumbnailUrl(accountId, subject.call?.output);
  if (channel === 'slack')
    return { kind: 'post', channel, url: target, headers: jsonHeaders, body: slackMessage(words, thumbnail), ...about };
  return { kind: 'mail', to: target, ...mailMessage(words, thumbnail), ...about };
}

const jsonHeaders = { 'content-type': 'application/json', 'user-agent': 'Darkroom' };

type WithTarget = Awaited<ReturnType<typeof findWithTarget>> & NotificationRow;

function findWithTarget(database: Kysely<Database>, id: string) {
  return database
    .selectFrom('notifications')
    .innerJoin('subscriptions', 'subscriptions.id', 'notifications.subscription_id')
    .selectAll('notifications')
    .select('subscriptions.target')
    .where('notifications.id', '=', id)
    .executeTakeFirst();
}

async function readEvent(
  { database, baseUrl }: PreparingDependencies,
  { account_id, sequence, call_id, batch_id }: WithTarget,
): Promise<{ event: AccountEvent; subject: EventSubject } | undefined> {
  const row = await database
    .selectFrom('events')
    .selectAll()
    .where('account_id', '=', account_id)
    .where('sequence', '=', sequence)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const event = presentEvent(row, baseUrl());
  if (call_id === null)
    return { event, subject: { batch: await readBatchOf({ database, baseUrl }, account_id, batch_id ?? '') } };
  const call = await database
    .selectFrom('calls')
    .select(shownColumns)
    .where('id', '=', call_id)
    .executeTakeFirstOrThrow();
  return { event, subject: { call: presentCall(call, baseUrl()) } };
}

async function signedHeaders(
  { database, webhookKeys, now = () => new Date() }: PreparingDependencies,
  { id, account_id: accountId }: WithTarget,
  body: string,
): Promise<Record<string, string>> {
  const secrets = await findWebhookSecrets(database, accountId);
  const timestamp = Math.floor(now().getTime() / 1000);
  return {
    ...jsonHeaders,
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': webhookKeys.sign(accountId, { id, timestamp, body }, secrets?.generations ?? []),
  };
}
