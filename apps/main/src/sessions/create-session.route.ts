import { newSessionSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { type SessionAccess, unauthenticated } from '../access/find-caller.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { foreignOrigin } from '../problems/problem-error.ts';
import type { Sessions } from './sessions.ts';

export interface SessionDependencies extends SessionAccess {
  sessions: Sessions;
  /** How long a session lasts. */
  sessionSeconds: number;
}

export function createSessionRoute(
  app: ApiInstance,
  { sessions, sessionCookie, sessionSeconds, isOwnOrigin }: SessionDependencies,
): void {
  app.post(
    '/session',
    {
      schema: {
        tags: ['access'],
        summary: 'Sign a browser in',
        description:
          'Exchanges the API key in `Authorization` for a session in an HttpOnly cookie, which may do what the key may until it ends: by its time, with the key, or by `DELETE /v1/session`. A session of the same browser from before ends.',
        security: [{ apiKey: [] }],
        response: { 201: newSessionSchema, ...problemResponses(401, 403) },
      },
    },
    async ({ caller, headers }, reply) => {
      if (caller.signedInBy !== 'key')
        throw unauthenticated('Send the API key to sign in with as `Authorization: Bearer <key>`.');
      if (headers.origin !== undefined && !isOwnOrigin(headers.origin)) throw foreignOrigin();
      await Promise.all(sessionCookie.readAll(headers.cookie).map((value) => sessions.end(value)));
      const { accountId, key } = caller;
      const { value, expiresAt } = await sessions.create(accountId, key);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .header('set-cookie', sessionCookie.keep(value, sessionSeconds))
        .send({ accountId, expiresAt: expiresAt.toISOString() });
    },
  );
}
