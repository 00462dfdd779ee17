import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReceivedRequest } from '../ledger/submission-ledger.ts';
import { isRefusalFault, isUnclearFault, type RefusalFault } from '../plans/fault.schema.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import type { Simulation } from '../simulation.ts';
import { answerContent, deliveryOf } from './answer-content.ts';
import { sendAnswer } from './connection.ts';
import type { Generation, ImageDialect, ParsedRequest, ProviderAnswer, Refusal } from './image-dialect.ts';
import { serveAccepted } from './serve-accepted.ts';
import { unclearAnswer } from './unclear-answer.ts';
import { waitUnlessGone } from './wait-unless-gone.ts';

/** One request to a provider, with all that is needed to answer it. */
export interface Exchange {
  readonly dialect: ImageDialect;
  readonly simulation: Simulation;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** What a plan decided when only the headers were there. */
  readonly planned: Behaviour | undefined;
  /** Aborted when the client or the simulator is gone. */
  readonly gone: AbortSignal;
}

/** A key that the providers do not know. Every other key is valid. */
export const invalidKey = 'invalid-key';

/** Answers one request: refuses it, or takes it on and plays what the plans say. */
export async function serveRequest(exchange: Exchange): Promise<FastifyReply> {
  const { dialect, simulation, request } = exchange;
  const apiKey = dialect.apiKeyOf(request);
  const parsed = await dialect.parse(request);
  const generation = parsed.status === 'understood' ? parsed.generation : undefined;
  const received = {
    provider: dialect.name,
    model: generation?.model ?? null,
    prompt: generation?.prompt ?? null,
    apiKey,
  };

  if (apiKey === undefined || apiKey === invalidKey) return refuse(exchange, received, { kind: 'invalid_key', apiKey });
  const refusal = ownRefusal(parsed, simulation.modelNames);
  if (refusal) return refuse(exchange, received, refusal);
  if (!generation) throw new Error('A request is either understood or refused.');

  const behaviour = exchange.planned ?? simulation.plans.takeByPrompt({ apiKey, prompt: generation.prompt }) ?? {};
  return play(exchange, { received, generation, behaviour, apiKey });
}

interface Turn {
  readonly received: ReceivedRequest;
  readonly generation: Generation;
  readonly behaviour: Behaviour;
  readonly apiKey: string;
}

function play(exchange: Exchange, { received, generation, behaviour, apiKey }: Turn): Promise<FastifyReply> {
  const { dialect } = exchange;
  const { fault, latencyMs } = behaviour;
  const decline = (outcome: string, answer: ProviderAnswer) =>
    sendUncounted(exchange, { received, outcome, answer, latencyMs });

  if (isRefusalFault(fault)) return decline(fault.kind, dialect.refuse(refusalOf(fault, apiKey)));
  if (isUnclearFault(fault)) {
    const answer = unclearAnswer(fault, dialect);
    if (!fault.accepted) return decline(fault.kind, answer);
    return serveAccepted(exchange, { received, behaviour, prepare: () => Promise.resolve(answer) });
  }
  if (fault?.kind === 'content_block') {
    const { accepted, answer } = dialect.block(fault.where, generation);
    if (!accepted) return decline(fault.kind, answer);
    return serveAccepted(exchange, { received, behaviour, prepare: () => Promise.resolve(answer) });
  }
  const delivery = deliveryOf(dialect, behaviour, generation);
  if (!delivery) return decline('unplayable', unplayable(dialect, behaviour));
  const order = { generation, behaviour, delivery, origin: `http://${exchange.request.host}` };
  const prepare = async () => dialect.answer(await answerContent(order, exchange.simulation), generation);
  return serveAccepted(exchange, { received, behaviour, prepare });
}

function ownRefusal(parsed: ParsedRequest, modelNames: readonly string[]): Refusal | undefined {
  if (parsed.status === 'refused') return parsed.refusal;
  const { model } = parsed.generation;
  return modelNames.some((name) => model.includes(name)) ? undefined : { kind: 'unknown_model', model };
}

function refusalOf(fault: RefusalFault, apiKey: string): Refusal {
  switch (fault.kind) {
    case 'bad_request':
      return { kind: 'bad_request', message: 'The request was refused by a fault plan.' };
    case 'leaks_key':
      return { kind: 'leaks_key', apiKey };
    case 'rate_limited':
    case 'unauthorized':
    case 'quota_exceeded':
    case 'unavailable_envelope':
      return fault;
  }
}

function refuse(exchange: Exchange, received: ReceivedRequest, refusal: Refusal): Promise<FastifyReply> {
  const latencyMs = exchange.planned?.latencyMs;
  return sendUncounted(exchange, {
    received,
    outcome: refusal.kind,
    answer: exchange.dialect.refuse(refusal),
    latencyMs,
  });
}

async function sendUncounted(
  { reply, simulation, gone }: Exchange,
  { received, outcome, answer, latencyMs = 0 }: Uncounted,
): Promise<FastifyReply> {
  await waitUnlessGone(latencyMs, gone);
  await simulation.ledger.refuse(received, outcome);
  simulation.metrics.count(received.provider, outcome);
  simulation.logger.info({ provider: received.provider, model: received.model, outcome }, 'request refused');
  return sendAnswer(reply, answer);
}

interface Uncounted {
  readonly received: ReceivedRequest;
  readonly outcome: string;
  readonly answer: ProviderAnswer;
  readonly latencyMs: number | undefined;
}

function unplayable({ name, deliveries }: ImageDialect, { fault, delivery }: Behaviour): ProviderAnswer {
  const wish = [fault && `the fault ${fault.kind}`, delivery && `the delivery ${delivery}`]
    .filter(Boolean)
    .join(' with ');
  const message = `The simulator cannot play ${wish} in the ${name} dialect, which delivers ${deliveries.join(', ')}. Change the plan.`;
  return { status: 501, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error: { message } }) };
}
