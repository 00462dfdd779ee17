import { createId, type StreamTokenClaims, streamTokenFacts } from '@darkroom/contract';
import { SignJWT } from 'jose';

export const tokenSecret = 'token-secret-of-a-test';

type Facts = Partial<Pick<StreamTokenClaims, 'sub' | 'subject' | 'sid' | 'aud' | 'iss'>> & {
  /** When it expires, from now. */
  seconds?: number;
  /** How old it is: a fifth of its life before its end it is about to expire. A moment, where nothing is said. */
  ageSeconds?: number;
  secret?: string;
};

/** A token as `main` signs it, or as somebody would who wants to be taken for `main`. */
export function signToken(asked: Facts = {}): Promise<string> {
  const { seconds = 300, ageSeconds = 1, secret = tokenSecret, ...facts } = asked;
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: streamTokenFacts.issuer,
    aud: streamTokenFacts.audience,
    sub: 'default',
    subject: 'account',
    iat: Math.min(now, now + seconds) - ageSeconds,
    exp: now + seconds,
    jti: createId('key'),
    ...facts,
  })
    .setProtectedHeader({ alg: streamTokenFacts.algorithm })
    .sign(new TextEncoder().encode(secret));
}
