import type { FastifyReply } from 'fastify';
import type { ReceivedRequest } from '../ledger/submission-ledger.ts';
import type { Simulation } from '../simulation.ts';
import { sendAnswer } from './connection.ts';
import type { ProviderAnswer } from './image-dialect.ts';
import { waitUnlessGone } from './wait-unless-gone.ts';

/** One request with what is needed to answer it. */
export interface Conversation {
  readonly simulation: Simulation;
  readonly reply: FastifyReply;
  /** Aborted when the client or the simulator is gone. */
  readonly gone: AbortSignal;
}

interface Uncounted {
  readonly received: ReceivedRequest;
  readonly outcome: string;
  readonly answer: ProviderAnswer;
  readonly latencyMs?: number | undefined;
}

/** Answers a submission that was not taken on, and writes down why. */
export async function serveUncounted(
  { reply, simulation, gone }: Conversation,
  { received, outcome, answer, latencyMs = 0 }: Uncounted,
): Promise<FastifyReply> {
  await waitUnlessGone(latencyMs, gone);
  await simulation.ledger.refuse(received, outcome);
  simulation.metrics.count(received.provider, outcome);
  simulation.logger.info({ provider: received.provider, model: received.model, outcome }, 'request refused');
  return sendAnswer(reply, answer);
}
