import type { FastifyInstance } from 'fastify';
import {
  type AccessPolicy,
  type Caller,
  findCaller,
  findSessionCaller,
  type SessionAccess,
  sessionValueOf,
} from './find-caller.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request. */
    caller: Caller;
    /** The account that the request acts for. Every query is filtered by it. */
    accountId: string;
  }
}

/** Every request to a route of this instance acts for an account, or is refused before its body is read. Only a session costs a query. */
export function requireAccount(app: FastifyInstance, access: AccessPolicy & SessionAccess): void {
  app.decorateRequest('caller');
  app.decorateRequest('accountId', '');
  app.addHook('onRequest', (request, _reply, done) => {
    const go = (caller: Caller) => {
      request.caller = caller;
      request.accountId = caller.accountId;
      done();
    };
    const value = sessionValueOf(access, request.raw);
    if (value === undefined) go(findCaller(access, request.raw));
    else findSessionCaller(access, value, request.raw).then(go, done);
  });
}
