import { type CallbackSignal, isTerminal } from '@darkroom/contract';
import type { CallbackAddress } from '@darkroom/integration-sdk/signed-links';
import type { Pool } from '@darkroom/platform-postgres';
import type { FastifyBaseLogger } from 'fastify';
import type { Engine } from '../engine/engine.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import type { CallbackReceiver } from './callback-receivers.ts';
import { findCalledBack } from './find-called-back.query.ts';
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

const retryAfterSeconds = 5;

/**
 * Tells the call's workflow to look at the provider, where there is something to look at; and before that, whose task it is, where that is
 * not known yet: the submission may have got no answer, and its token proves that it was taken. It changes nothing by itself: what a
 * callback says is a hint. A ProblemError where it is refused, or could not be passed on and should come again.
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
  if (!passing.recentCallbacks.isFirst(identity)) return log.info('callback repeated');
  try {
    const delivery = await tellWorkflow(passing.engine, callId, signal);
    log.info(delivery === 'delivered' ? 'callback passed on' : 'callback for a workflow that does not run');
  } catch (error) {
    passing.recentCallbacks.forget(identity);
    throw error;
  }
}

async function tellWorkflow(engine: Pick<Engine, 'signal'>, callId: string, signal: CallbackSignal) {
  try {
    return await engine.signal(callId, 'callback', signal);
  } catch (cause) {
    const detail = 'Send the callback again soon; the task is looked at without it too.';
    throw new ProblemError('engine_unavailable', detail, { retryAfterSeconds, cause });
  }
}

function refusal(status: 400 | 401, reason: string): ProblemError {
  return new ProblemError(status === 401 ? 'unauthenticated' : 'malformed_request', reason);
}
