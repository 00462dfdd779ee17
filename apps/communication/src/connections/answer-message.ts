import {
  type StreamClientMessage,
  streamClientMessageSchema,
  type StreamErrorCode,
  type StreamTokenClaims,
} from '@darkroom/contract';
import type { z } from 'zod';
import type { VerifyStreamToken } from '../access/stream-tokens.ts';
import { endOfLog } from '../log/log-reader.ts';
import type { Sessions } from '../subscriptions/sessions.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import type { Connection } from './connection.ts';
import type { Connections } from './connections.ts';
import { type ErrorFacts, errorNotice } from './notices.ts';

export interface AnsweringDependencies {
  verifyToken: VerifyStreamToken;
  connections: Connections;
  subscriptions: Pick<Subscriptions, 'hasRoomFor' | 'open' | 'renew'>;
  sessions: Pick<Sessions, 'hasEnded'>;
  maxSubscriptions: number;
}

type Told<Type extends StreamClientMessage['type']> = Extract<StreamClientMessage, { type: Type }>;

/** Messages that no client sends by accident. */
const faults: readonly StreamErrorCode[] = ['not_json', 'unknown_message', 'token_refused'];
const maxFaultsInARow = 20;

/** Does what a client's message asks for, and answers it. */
export async function answerMessage(
  dependencies: AnsweringDependencies,
  connection: Connection,
  text: string | undefined,
): Promise<void> {
  const fault = await obey(dependencies, connection, text);
  if (fault === undefined || !faults.includes(fault.code)) connection.faultsInARow = 0;
  else connection.faultsInARow += 1;
  if (fault !== undefined) connection.say(errorNotice(fault.code, fault));
  if (connection.faultsInARow >= maxFaultsInARow) dependencies.connections.close(connection, 'too_many_faults');
}

type Fault = ErrorFacts & { code: StreamErrorCode };

async function obey(
  dependencies: AnsweringDependencies,
  connection: Connection,
  text: string | undefined,
): Promise<Fault | undefined> {
  const read = readMessage(text);
  if ('code' in read) return read;
  if (read.type === 'subscribe') return subscribe(dependencies, connection, read);
  if (read.type === 'renew') return renew(dependencies, connection, read);
  return unsubscribe(connection, read);
}

/** `text`: undefined for a message that is none. */
function readMessage(text: string | undefined): StreamClientMessage | Fault {
  const json = text === undefined ? undefined : parseJson(text);
  if (json === undefined) return { code: 'not_json' };
  const message = streamClientMessageSchema.safeParse(json);
  return message.success ? message.data : { code: 'unknown_message', detail: detailOf(message.error) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function detailOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  const where = issue === undefined || issue.path.length === 0 ? 'The message' : `\`${issue.path.join('.')}\``;
  return `${where}: ${issue?.message ?? 'is not known'}. Send {"type":"subscribe","token","after"?}, {"type":"unsubscribe","subject"} or {"type":"renew","token"}.`;
}

async function subscribe(
  dependencies: AnsweringDependencies,
  connection: Connection,
  { token, after = 0 }: Told<'subscribe'>,
): Promise<Fault | undefined> {
  const { connections, subscriptions, maxSubscriptions } = dependencies;
  const allowed = await permit(dependencies, connection, token);
  if ('code' in allowed) return allowed;
  const { sub: accountId, subject } = allowed;
  if (connection.subscriptions.has(subject)) return { code: 'already_subscribed', subject };
  if (connection.subscriptions.size >= maxSubscriptions) {
    return { code: 'too_many_subscriptions', subject, detail: tooMany(maxSubscriptions) };
  }
  if (!subscriptions.hasRoomFor(accountId)) return { code: 'too_many_subscriptions', subject };
  // It may have ended while its token was checked: what it claimed then, nobody would give back.
  if (connection.isClosing) return undefined;
  if (!connections.claim(connection, accountId)) return void connections.close(connection, 'too_many_connections');
  subscriptions.open(connection, allowed, after === 'latest' ? endOfLog : after);
  return undefined;
}

function tooMany(maxSubscriptions: number): string {
  return `A connection follows ${maxSubscriptions} subjects at most. Unsubscribe from others, open another connection, or follow the account's events.`;
}

async function renew(
  dependencies: AnsweringDependencies,
  connection: Connection,
  { token }: Told<'renew'>,
): Promise<Fault | undefined> {
  const allowed = await permit(dependencies, connection, token);
  if ('code' in allowed) return notRenewed(allowed);
  const { subject, exp } = allowed;
  const subscription = connection.subscriptions.get(subject);
  if (subscription === undefined) return { code: 'not_subscribed', subject };
  dependencies.subscriptions.renew(subscription, allowed);
  connection.say({ type: 'renewed', subject, expiresAt: new Date(exp * 1000).toISOString() });
  return undefined;
}

/** A renewal that failed: unlike elsewhere, nothing has ended. */
function notRenewed(fault: Fault): Fault {
  if (fault.code !== 'token_expired' && fault.code !== 'session_ended') return fault;
  return {
    ...fault,
    detail:
      'The subscription keeps the token it has. Sign in again if need be, and renew with a new one of POST /v1/tokens.',
  };
}

function unsubscribe(connection: Connection, { subject }: Told<'unsubscribe'>): Fault | undefined {
  const subscription = connection.subscriptions.get(subject);
  if (subscription === undefined) return { code: 'not_subscribed', subject };
  subscription.end();
  connection.say({ type: 'unsubscribed', subject });
  return undefined;
}

/** What a token allows on this connection. */
async function permit(
  { verifyToken, sessions }: AnsweringDependencies,
  connection: Connection,
  token: string,
): Promise<StreamTokenClaims | Fault> {
  const verdict = await verifyToken(token);
  if ('refused' in verdict) return { code: verdict.refused, ...(verdict.subject && { subject: verdict.subject }) };
  const { claims } = verdict;
  if (connection.accountId !== undefined && connection.accountId !== claims.sub) {
    const detail = "The token is another account's than this connection. Open a connection of its own for it.";
    return { code: 'token_refused', detail };
  }
  return sessions.hasEnded(claims.sid) ? { code: 'session_ended', subject: claims.subject } : claims;
}
