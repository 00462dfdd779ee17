import type { IncomingMessage } from 'node:http';
import { ProblemError } from '../problems/problem-error.ts';
import type { ApiKeyRing } from './api-key-ring.ts';
import { findRemoteSign } from './local-request.ts';

/** The account of requests without a key, where those are allowed. */
export const defaultAccountId = 'default';

/** How requests are told apart by account. */
export interface AccessPolicy {
  accountOfKey: ApiKeyRing;
  requiresKey: boolean;
}

/** The account that a request acts for; a ProblemError where it has none. */
export function findAccount({ accountOfKey, requiresKey }: AccessPolicy, request: IncomingMessage): string {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const key = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const accountId = key === undefined ? undefined : accountOfKey(key);
    if (accountId === undefined)
      throw unauthenticated('The API key is not known. Send `Authorization: Bearer <key>` with a key from API_KEYS.');
    return accountId;
  }
  if (requiresKey) throw unauthenticated('Send `Authorization: Bearer <key>` with a key from API_KEYS.');
  const remoteSign = findRemoteSign(request);
  if (remoteSign !== undefined) {
    throw unauthenticated(
      `Without a key only requests from this machine are served, and ${remoteSign}. Send \`Authorization: Bearer <key>\`.`,
    );
  }
  return defaultAccountId;
}

function unauthenticated(detail: string): ProblemError {
  return new ProblemError('unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer realm="darkroom"' } });
}
