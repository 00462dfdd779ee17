import type { FastifyReply } from 'fastify';
import type { ReceivedRequest } from '../ledger/submission-ledger.ts';
import { isConnectionFault } from '../plans/fault.schema.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import { resetAfterHeaders, resetMidAnswer, resetNow, sendAnswer } from './connection.ts';
import type { ProviderAnswer } from './image-dialect.ts';
import type { Exchange } from './serve-request.ts';
import { waitUnlessGone } from './wait-unless-gone.ts';

interface Acceptance {
  readonly received: ReceivedRequest;
  readonly behaviour: Behaviour;
  /** Makes the answer; it runs while the latency passes. */
  readonly prepare: () => Promise<ProviderAnswer>;
}

/** How an accepted request ends. */
interface Ending {
  readonly outcome: string;
  readonly show: () => FastifyReply;
}

/** Counts a request on the disk, waits as long as the provider would, and ends it as the plan says. */
export async function serveAccepted(exchange: Exchange, acceptance: Acceptance): Promise<FastifyReply> {
  const { ledger, metrics, logger } = exchange.simulation;
  const { received } = acceptance;
  const { id } = await ledger.accept(received);
  metrics.began(received.provider);
  const end = async (outcome: string) => {
    metrics.ended(received.provider, outcome);
    logger.info({ provider: received.provider, model: received.model, outcome }, 'request ended');
    await ledger.end(id, outcome);
  };

  const { outcome, show } = await endingOf(exchange, acceptance).catch(async (error: unknown) => {
    await end('simulator_failed');
    throw error;
  });
  const written = end(outcome);
  show();
  await written;
  return exchange.reply;
}

async function endingOf({ reply, gone, simulation }: Exchange, { behaviour, prepare }: Acceptance): Promise<Ending> {
  const { fault } = behaviour;
  if (fault?.kind === 'hang') {
    await waitUnlessGone(longestWait, gone);
    return { outcome: 'hang', show: () => resetNow(reply) };
  }
  const [answer] = await Promise.all([prepare(), waitUnlessGone(latencyOf(behaviour, simulation.latencyMs), gone)]);
  if (gone.aborted) return { outcome: 'client_gone', show: () => resetNow(reply) };
  return { outcome: fault?.kind ?? 'answered', show: () => showAnswer(reply, answer, behaviour) };
}

const longestWait = 2 ** 31 - 1;

function latencyOf({ fault, latencyMs }: Behaviour, usual: number): number {
  return fault?.kind === 'slow' ? fault.latencyMs : (latencyMs ?? usual);
}

function showAnswer(reply: FastifyReply, answer: ProviderAnswer, { fault }: Behaviour): FastifyReply {
  if (fault?.kind === 'malformed_json') return sendAnswer(reply, { ...answer, body: cut(answer.body) });
  if (!isConnectionFault(fault)) return sendAnswer(reply, answer);
  switch (fault.kind) {
    case 'reset_after_accept':
      return resetNow(reply);
    case 'reset_after_headers':
      return resetAfterHeaders(reply, answer);
    case 'reset_mid_answer':
      return resetMidAnswer(reply, answer);
    case 'hang':
    case 'slow':
      return sendAnswer(reply, answer);
  }
}

function cut(body: string): string {
  return body.slice(0, Math.floor(body.length * 0.6));
}
