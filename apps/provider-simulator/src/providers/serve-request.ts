import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReceivedRequest } from '../ledger/submission-ledger.ts';
import { isRefusalFault, isTaskFault, isUnclearFault } from '../plans/fault.schema.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import { answerContent, deliveryOf } from './answer-content.ts';
import type { Generation, ImageDialect, ParsedRequest, ProviderAnswer, Refusal } from './image-dialect.ts';
import { refuseAsPlanned } from './refuse-as-planned.ts';
import { serveAccepted } from './serve-accepted.ts';
import { serveUncounted, type Conversation } from './serve-uncounted.ts';
import { unclearAnswer } from './unclear-answer.ts';
import { unplayable } from './unplayable.ts';

/** One request to a provider, with all that is needed to answer it. */
interface Exchange extends Conversation {
  readonly dialect: ImageDialect;
  readonly request: FastifyRequest;
  /** What a plan decided when only the headers were there. */
  readonly planned: Behaviour | undefined;
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
    serveUncounted(exchange, { received, outcome, answer, latencyMs });

  if (isRefusalFault(fault)) {
    const answer = refuseAsPlanned(dialect, fault, apiKey);
    return answer ? decline(fault.kind, answer) : decline('unplayable', unplayable(dialect.name, behaviour));
  }
  if (isUnclearFault(fault)) {
    const answer = unclearAnswer(fault, dialect, apiKey);
    if (!fault.accepted) return decline(fault.kind, answer);
    return serveAccepted(exchange, { received, behaviour, prepare: () => Promise.resolve(answer) });
  }
  if (fault?.kind === 'content_block') {
    const { accepted, answer } = dialect.block(fault.where, generation);
    if (!accepted) return decline(fault.kind, answer);
    return serveAccepted(exchange, { received, behaviour, prepare: () => Promise.resolve(answer) });
  }
  const delivery = isTaskFault(fault) ? undefined : deliveryOf(dialect, behaviour, generation);
  if (!delivery) {
    return decline(
      'unplayable',
      unplayable(dialect.name, behaviour, `, which delivers ${dialect.deliveries.join(', ')}`),
    );
  }
  const order = { generation, behaviour, delivery, origin: `http://${exchange.request.host}` };
  const prepare = async () => {
    const content = await answerContent(order, exchange.simulation);
    const answer = dialect.answer(content, generation);
    return 'results' in content ? { ...answer, results: content.results } : answer;
  };
  return serveAccepted(exchange, { received, behaviour, prepare });
}

function ownRefusal(parsed: ParsedRequest, modelNames: readonly string[]): Refusal | undefined {
  if (parsed.status === 'refused') return parsed.refusal;
  const { model } = parsed.generation;
  return modelNames.some((name) => model.includes(name)) ? undefined : { kind: 'unknown_model', model };
}

function refuse(exchange: Exchange, received: ReceivedRequest, refusal: Refusal): Promise<FastifyReply> {
  const latencyMs = exchange.planned?.latencyMs;
  return serveUncounted(exchange, {
    received,
    outcome: refusal.kind,
    answer: exchange.dialect.refuse(refusal),
    latencyMs,
  });
}
