import { type StreamTokenClaims, streamTokenClaimsSchema, streamTokenFacts } from '@darkroom/contract';
import { errors, jwtVerify } from 'jose';

/** What a token opens, or why it opens nothing. `subject`: of a token that was genuine while it lasted. */
export type TokenVerdict =
  { claims: StreamTokenClaims } | { refused: 'token_refused' | 'token_expired'; subject?: string | undefined };

/** Checks a stream token's signature, its times, and that it was made for streams. */
export type VerifyStreamToken = (token: string) => Promise<TokenVerdict>;

const { issuer, audience, algorithm, clockToleranceSeconds } = streamTokenFacts;

export async function createStreamTokenVerifier(secret: string): Promise<VerifyStreamToken> {
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, key, {
        issuer,
        audience,
        algorithms: [algorithm],
        clockTolerance: clockToleranceSeconds,
      });
      const claims = streamTokenClaimsSchema.safeParse(payload);
      return claims.success ? { claims: claims.data } : { refused: 'token_refused' };
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        return { refused: 'token_expired', subject: streamTokenClaimsSchema.safeParse(error.payload).data?.subject };
      }
      if (error instanceof errors.JOSEError) return { refused: 'token_refused' };
      throw error;
    }
  };
}
