import { randomUUID } from 'node:crypto';
import { type StreamSubject, streamTokenFacts } from '@darkroom/contract';
import { SignJWT } from 'jose';
import type { Caller } from '../access/find-caller.ts';

/** Makes tokens that open the stream of one subject, for a while. */
export type StreamTokenSigner = (caller: Caller, subject: StreamSubject) => Promise<{ token: string; expiresAt: Date }>;

/** A token of a session names it and never outlives it. */
export function createStreamTokenSigner(secret: string, seconds: number): StreamTokenSigner {
  const key = new TextEncoder().encode(secret);
  const { algorithm, issuer, audience } = streamTokenFacts;
  return async (caller, subject) => {
    const session = caller.signedInBy === 'session' ? caller.session : undefined;
    const issuedAt = Math.floor(Date.now() / 1000);
    const sessionEnd = session === undefined ? Infinity : Math.floor(session.expiresAt.getTime() / 1000);
    const expiresAt = Math.min(issuedAt + seconds, sessionEnd);
    const token = await new SignJWT({ subject, ...(session && { sid: session.id }) })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(caller.accountId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .setJti(randomUUID())
      .sign(key);
    return { token, expiresAt: new Date(expiresAt * 1000) };
  };
}
