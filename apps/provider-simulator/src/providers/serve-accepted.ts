import type { FastifyReply } from 'fastify';
import type { MadeFile } from '../ledger/made-file.schema.ts';
import type { ReceivedRequest } from '../ledger/submission-ledger.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import { resetNow } from './connection.ts';
import type { ProviderAnswer } from './image-dialect.ts';
import type { Conversation } from './serve-uncounted.ts';
import { showAnswer } from './show-answer.ts';
import { longestWait, waitUnlessGone } from './wait-unless-gone.ts';

interface Acceptance {
  readonly received: ReceivedRequest;
  readonly behaviour: Behaviour;
  /** What the acceptance starts besides; it is done before anything is answered. */
  readonly begin?: (submissionId: string) => Promise<void>;
  /** Makes the answer, and says which files it hands out; it runs while the latency passes. */
  readonly prepare: () => Promise<ProviderAnswer & { readonly results?: MadeFile[] | undefined }>;
}

/** How an accepted request ends. */
interface Ending {
  readonly outcome: string;
  readonly results?: MadeFile[] | undefined;
  readonly show: () => FastifyReply;
}

/** Counts a request on the disk, waits as long as the provider would, and ends it as the plan says. */
export async function serveAccepted(exchange: Conversation, acceptance: Acceptance): Promise<FastifyReply> {
  const { ledger, metrics, logger } = exchange.simulation;
  const { received } = acceptance;
  const { id } = await ledger.accept(received);
  await acceptance.begin?.(id);
  metrics.began(received.provider);
  const end = async (outcome: string, results?: MadeFile[]) => {
    metrics.ended(received.provider, outcome);
    logger.info({ provider: received.provider, model: received.model, outcome }, 'request ended');
    await ledger.end(id, outcome, results);
  };

  const { outcome, results, show } = await endingOf(exchange, acceptance).catch(async (error: unknown) => {
    await end('simulator_failed');
    throw error;
  });
  const written = end(outcome, results);
  show();
  await written;
  return exchange.reply;
}

async function endingOf(
  { reply, gone, simulation }: Conversation,
  { behaviour, prepare }: Acceptance,
): Promise<Ending> {
  const { fault } = behaviour;
  if (fault?.kind === 'hang') {
    await waitUnlessGone(longestWait, gone);
    return { outcome: 'hang', show: () => resetNow(reply) };
  }
  const [answer] = await Promise.all([prepare(), waitUnlessGone(latencyOf(behaviour, simulation.latencyMs), gone)]);
  if (gone.aborted) return { outcome: 'client_gone', show: () => resetNow(reply) };
  const { results } = answer;
  return { outcome: fault?.kind ?? 'answered', results, show: () => showAnswer(reply, answer, fault) };
}

function latencyOf({ fault, latencyMs }: Behaviour, usual: number): number {
  return fault?.kind === 'slow' ? fault.latencyMs : (latencyMs ?? usual);
}
