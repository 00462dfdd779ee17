import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StreamErrorCode } from '@darkroom/contract';
import { type Refusal, sendProblem } from '../http/problems.ts';
import { readStart } from '../http/read-start.ts';
import { Connection } from './connection.ts';
import { errorNotice } from './notices.ts';
import type { OpeningDependencies } from './open-web-socket.ts';
import { ServerSentWire } from './server-sent-wire.ts';

export interface ServerSentDependencies extends OpeningDependencies {
  /** Why no further connection is taken now, or undefined. */
  findReasonToRefuse: () => Refusal | undefined;
  isMainAway: () => boolean;
}

/** Answers a request for a stream of server-sent events: one subject, by the token of the request. */
export function createServerSentOpening(
  dependencies: ServerSentDependencies,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    connect(dependencies, request, response).catch((error: unknown) => {
      dependencies.logger.error({ error }, 'a stream could not be opened');
      response.destroy();
    });
  };
}

async function connect(
  dependencies: ServerSentDependencies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { verifyToken, sessions, connections, subscriptions, metrics, findReasonToRefuse, isMainAway } = dependencies;
  const refuse = (code: StreamErrorCode) => sendProblem(response, errorNotice(code));
  // Whoever leaves while something is written to them needs no answer.
  response.on('error', () => response.destroy());
  const start = readStart(request);
  if ('code' in start) return sendProblem(response, start);
  const verdict = await verifyToken(start.token);
  if (response.destroyed) return;
  if ('refused' in verdict) return refuse(verdict.refused);
  // The process may have begun to stop while the token was checked: those who are open were told already.
  const reason = findReasonToRefuse();
  if (reason !== undefined) return sendProblem(response, reason);
  const { claims } = verdict;
  if (sessions.hasEnded(claims.sid)) return refuse('session_ended');
  const wire = new ServerSentWire(response);
  // It would begin with what is at hand, end at once, and be asked for again and again.
  if (isMainAway()) return wire.say(errorNotice('log_away'));

  const connection = new Connection(wire, metrics.countEvent);
  connections.add(connection);
  response.on('close', () => connections.remove(connection));
  response.on('drain', () => subscriptions.goOn(connection));
  if (!connections.claim(connection, claims.sub)) return connections.close(connection, 'too_many_connections');
  if (!subscriptions.hasRoomFor(claims.sub)) return refuse('too_many_subscriptions');
  subscriptions.open(connection, claims, start.after);
}
