import type { IncomingMessage } from 'node:http';
import { foreignOrigin, ProblemError } from '../problems/problem-error.ts';
import type { ActiveSession, Sessions } from '../sessions/sessions.ts';
import type { ApiKeyRing } from './api-key-ring.ts';
import { findRemoteSign } from './local-request.ts';
import { isReadingMethod } from './own-origin.ts';
import type { SessionCookie } from './session-cookie.ts';

/** The account of requests without a key, where those are allowed. */
export const defaultAccountId = 'default';

/** How requests are told apart by account. */
export interface AccessPolicy {
  accountOfKey: ApiKeyRing;
  requiresKey: boolean;
}

/** What a browser that has signed in sends instead of a key. */
export interface SessionAccess {
  sessions: Pick<Sessions, 'find'>;
  sessionCookie: SessionCookie;
  /** Whether a header `Origin` names the address of this API. */
  isOwnOrigin: (origin: string | undefined) => boolean;
}

/** Who makes a request: the account that it acts for, and by what. */
export type Caller =
  | { signedInBy: 'key'; accountId: string; key: string }
  | { signedInBy: 'session'; accountId: string; session: ActiveSession }
  | { signedInBy: 'local'; accountId: string };

/** Who makes a request, by its key or by where it comes from; a ProblemError where nobody does. It reads no cookie. */
export function findCaller({ accountOfKey, requiresKey }: AccessPolicy, request: IncomingMessage): Caller {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const key = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const accountId = key === undefined ? undefined : accountOfKey(key);
    if (key === undefined || accountId === undefined)
      throw unauthenticated('The API key is not known. Send `Authorization: Bearer <key>` with a key from API_KEYS.');
    return { signedInBy: 'key', accountId, key };
  }
  if (requiresKey) throw unauthenticated('Send `Authorization: Bearer <key>` with a key from API_KEYS.');
  const remoteSign = findRemoteSign(request);
  if (remoteSign !== undefined) {
    throw unauthenticated(
      `Without a key only requests from this machine are served, and ${remoteSign}. Send \`Authorization: Bearer <key>\`.`,
    );
  }
  return { signedInBy: 'local', accountId: defaultAccountId };
}

/** The value of the request's session cookie, where that counts: `Authorization` is stronger. */
export function sessionValueOf({ sessionCookie }: SessionAccess, { headers }: IncomingMessage): string | undefined {
  return headers.authorization === undefined ? sessionCookie.read(headers.cookie) : undefined;
}

/**
 * Who makes a request that shows a session. A session that is over is as none: where no key is needed, a browser that once signed in goes on as
 * everybody on this machine does. A browser adds the cookie by itself, so whatever changes something must come from a page of our own.
 */
export async function findSessionCaller(
  access: AccessPolicy & SessionAccess,
  value: string,
  request: IncomingMessage,
): Promise<Caller> {
  const session = await access.sessions.find(value);
  if (session === undefined) {
    if (access.requiresKey)
      throw unauthenticated('The session is over. Sign in again with an API key: POST /v1/session.');
    return findCaller(access, request);
  }
  if (!isReadingMethod(request.method) && !access.isOwnOrigin(request.headers.origin)) throw foreignOrigin();
  return { signedInBy: 'session', accountId: session.accountId, session };
}

export function unauthenticated(detail: string): ProblemError {
  return new ProblemError('unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer realm="darkroom"' } });
}
