import { type Call, isTerminal } from '@darkroom/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestSignals } from '../request-signals.ts';
import { type CallReader, readCall } from './call-reader.ts';
import { readPreferredWait } from './prefer-header.ts';
import { presentCall } from './present-call.ts';
import type { ShownCall } from './shown-call.ts';
import { waitForCall } from './wait-for-call.ts';

export interface AnswerDependencies extends CallReader {
  requestSignals: RequestSignals;
}

interface Exchange {
  request: Pick<FastifyRequest, 'accountId' | 'log'>;
  reply: FastifyReply;
  /** The header `Prefer`. */
  prefer: string | undefined;
}

/** What a request that makes a call answers: 202 at once, or 200 where it preferred to wait and the call has ended by then. */
export async function answerAccepted(
  dependencies: AnswerDependencies,
  accepted: ShownCall,
  { request, reply, prefer }: Exchange,
): Promise<{ status: 200 | 202; call: Call }> {
  reply.header('location', `${dependencies.baseUrl()}/v1/calls/${accepted.id}`);
  const seconds = readPreferredWait(prefer);
  if (seconds === undefined) return { status: 202, call: presentCall(accepted, dependencies.baseUrl()) };

  const wait = { accountId: request.accountId, callId: accepted.id, seconds, reply };
  const call = await awaitEnd(dependencies, wait).catch((error: unknown) => {
    request.log.warn(
      { error, call_id: accepted.id, workflow_id: accepted.id },
      'could not wait for the call; it goes on',
    );
    return presentCall(accepted, dependencies.baseUrl());
  });
  reply.header('preference-applied', `wait=${seconds}`);
  return { status: isTerminal(call.status) ? 200 : 202, call };
}

interface AwaitEndOptions {
  accountId: string;
  callId: string;
  seconds: number;
  reply: FastifyReply;
}

async function awaitEnd(dependencies: AnswerDependencies, { accountId, callId, seconds, reply }: AwaitEndOptions) {
  const { pool, callNews, requestSignals } = dependencies;
  const signal = requestSignals(reply);
  await waitForCall({
    pool,
    callNews,
    accountId,
    callId,
    seconds,
    signal,
    isAwaited: ({ status }) => isTerminal(status),
  });
  return readCall(dependencies, accountId, callId);
}
