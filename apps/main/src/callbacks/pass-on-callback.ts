import { type CallbackSignal, isTerminal } from '@darkroom/contract';
import type { CallbackAddress } from '@darkroom/integration-sdk/signed-links';
import type { Pool } from '@darkroom/platform-postgres';
import type { FastifyBaseLogger } from 'fastify';
import type { Engine } from '../engine/engine.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import type { CallbackReceiver } from './callback-receivers.ts';
import { findCalledBack } from './find-called-back.query.ts';
import { keepCallback } from './kept-callbacks.queries.ts';
import type { RecentCallbacks } from './recent-callbacks.ts';

export interface CallbackPassing {
  pool: Pool;
  engine: Pick<Engine, 'signal'>;
  recentCallbacks: RecentCallbacks;
}

/** A callback whose token was right. */
export interface Callback {
  address: CallbackAddress;
  receiver: CallbackReceiver;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  log: FastifyBaseLogger;
}

/**
 * Tells the call's workflow to look at the provider, where there is something to look at; and before that, whose task it is, where that is
 * not known yet: the submission may have got no answer, and its token proves that it was taken. It changes nothing by itself: what a
 * callback says is a hint. Where the engine is away it is kept and passed on later: many providers never repeat one. A ProblemError where
 * it is refused.
 */
export async function passOnCallback(passing: CallbackPassing, callback: Callback): Promise<void> {
  const { address, receiver, headers, body, log } = callback;
  const reading = receiver.definition.read({ headers, body, settings: receiver.settings, now: new Date() });
  if (reading.kind === 'refused') {
    log.warn({ reason: reading.reason }, 'callback refused');
    throw refusal(reading.status, reading.reason);
  }
  const { callId, attempt } = address;
  const { externalId, isFinal } = reading;
  const [call] = await findCalledBack(passing.pool, [callId, attempt]);
  if (call === undefined) {
    log.warn('callback for a call that does not exist');
    throw notFound();
  }
  if (isTerminal(call.status)) return log.info('callback for a call that has ended');
  if (!isFinal && (externalId === undefined || call.outcome === 'accepted'))
    return log.info('callback says that the task goes on');

  const signal = { attempt, ...(externalId !== undefined && { externalId }), ...(!isFinal && { isFinal }) };
  const identity = `${callId}.${attempt}.${isFinal ? 'ended' : 'goes on'}.${externalId ?? ''}`;
  const earlier = passing.recentCallbacks.find(identity);
  if (earlier !== undefined) {
    log.info('callback repeated');
    // Taken before that has succeeded, it would not come again where it fails.
    return void (await earlier);
  }
  const telling = tellWorkflow(passing, { callId, signal, log });
  passing.recentCallbacks.remember(identity, telling);
  await telling;
}

async function tellWorkflow(
  { engine, pool }: Pick<CallbackPassing, 'engine' | 'pool'>,
  { callId, signal, log }: { callId: string; signal: CallbackSignal; log: FastifyBaseLogger },
): Promise<void> {
  try {
    const told = await engine.signal(callId, 'callback', signal);
    log.info(told === 'delivered' ? 'callback passed on' : 'callback for a workflow that does not run');
  } catch (error) {
    await keepCallback(pool, callId, signal);
    log.warn({ error }, 'callback kept until Temporal answers again');
  }
}

function refusal(status: 400 | 401, reason: string): ProblemError {
  return new ProblemError(status === 401 ? 'unauthenticated' : 'malformed_request', reason);
}
