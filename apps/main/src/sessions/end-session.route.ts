import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { foreignOrigin } from '../problems/problem-error.ts';
import type { SessionDependencies } from './create-session.route.ts';

/** It stands beside the routes that need an account: whoever has signed out, or was, may say so again. */
export function endSessionRoute(
  app: ApiInstance,
  { sessions, sessionCookie, isOwnOrigin }: Pick<SessionDependencies, 'sessions' | 'sessionCookie' | 'isOwnOrigin'>,
): void {
  app.delete(
    '/v1/session',
    {
      schema: {
        tags: ['access'],
        summary: 'Sign out',
        description:
          'Ends the session of the cookie in every tab and process, with the streams that it opened, and removes the cookie. Without a session nothing happens.',
        security: [],
        response: { 204: z.null().describe('Signed out.'), ...problemResponses(403) },
      },
    },
    async ({ headers }, reply) => {
      const values = sessionCookie.readAll(headers.cookie);
      if (values.length > 0 && !isOwnOrigin(headers.origin)) throw foreignOrigin();
      await Promise.all(values.map((value) => sessions.end(value)));
      return reply.code(204).header('set-cookie', sessionCookie.remove()).send(null);
    },
  );
}
