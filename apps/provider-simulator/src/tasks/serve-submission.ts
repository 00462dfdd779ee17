import type { FastifyReply } from 'fastify';
import type { ReceivedRequest } from '../ledger/submission-ledger.ts';
import { isRefusalFault, isTaskFault, isUnclearFault, type Fault } from '../plans/fault.schema.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import type { ProviderAnswer } from '../providers/image-dialect.ts';
import { refuseAsPlanned } from '../providers/refuse-as-planned.ts';
import { serveAccepted } from '../providers/serve-accepted.ts';
import { invalidKey } from '../providers/serve-request.ts';
import { serveUncounted } from '../providers/serve-uncounted.ts';
import type { ParsedTask, TaskRefusal } from '../providers/task-dialect.ts';
import { unclearAnswer } from '../providers/unclear-answer.ts';
import { unplayable } from '../providers/unplayable.ts';
import { isPlayable } from './is-playable.ts';
import { startTask } from './start-task.ts';
import { originOf, type TaskExchange } from './task-exchange.ts';
import type { TaskEntry } from './task-store.ts';
import { viewTask } from './view-task.ts';

type Understood = Extract<ParsedTask, { status: 'understood' }>;

interface Turn {
  readonly received: ReceivedRequest;
  readonly parsed: Understood;
  readonly behaviour: Behaviour;
  /** What plans say of the task's callbacks. */
  readonly callbackFault: Fault | undefined;
  readonly apiKey: string;
}

/** Answers one submission: refuses it, or takes it on and starts its task. */
export async function serveSubmission(exchange: TaskExchange): Promise<FastifyReply> {
  const { dialect, simulation, request, planned } = exchange;
  const apiKey = dialect.apiKeyOf(request);
  const parsed = await dialect.parse(request);
  const order = parsed.status === 'understood' ? parsed.order : undefined;
  const facts = { model: order?.model ?? null, prompt: order?.prompt ?? null };
  const notes = parsed.status === 'understood' && parsed.notes;
  const received = { provider: dialect.name, ...facts, apiKey, ...(notes && { notes }) };
  const refuse = (refusal: TaskRefusal) =>
    serveUncounted(exchange, {
      received,
      outcome: refusal.kind,
      answer: dialect.refuse(refusal),
      latencyMs: planned?.latencyMs,
    });

  if (apiKey === undefined || apiKey === invalidKey) return refuse({ kind: 'invalid_key', apiKey });
  if (parsed.status === 'refused') return refuse(parsed.refusal);
  if (parsed.status === 'answered') return serveUncounted(exchange, { received, ...parsed });
  const { model, prompt, callbackUrl } = parsed.order;
  const isKnown = dialect.knowsModel?.(model) ?? simulation.modelNames.some((name) => model.includes(name));
  if (!isKnown) return refuse({ kind: 'unknown_model', model });

  const { plans } = simulation;
  const behaviour = planned ?? plans.takeByPrompt({ apiKey, prompt }) ?? {};
  const callbackFault = callbackUrl === undefined ? undefined : plans.take({ on: 'callback', apiKey, prompt })?.fault;
  return play(exchange, { received, parsed, behaviour, callbackFault, apiKey });
}

function play(exchange: TaskExchange, turn: Turn): Promise<FastifyReply> {
  const { dialect } = exchange;
  const { received, parsed, behaviour, apiKey, callbackFault } = turn;
  const { fault, latencyMs } = behaviour;
  const decline = (outcome: string, answer: ProviderAnswer) =>
    serveUncounted(exchange, { received, outcome, answer, latencyMs });

  for (const planned of [behaviour, { fault: callbackFault }]) {
    if (!isPlayable(dialect, planned)) return decline('unplayable', unplayable(dialect.name, planned));
  }
  if (isRefusalFault(fault)) {
    const answer = refuseAsPlanned(dialect, fault, apiKey);
    return answer ? decline(fault.kind, answer) : decline('unplayable', unplayable(dialect.name, behaviour));
  }
  if (fault?.kind === 'content_block' && fault.where === 'prompt' && dialect.block) {
    const { accepted, answer } = dialect.block(parsed.order);
    if (!accepted) return decline(fault.kind, answer);
    return serveAccepted(exchange, { received, behaviour, prepare: () => Promise.resolve(answer) });
  }
  if (isUnclearFault(fault) && !fault.accepted) return decline(fault.kind, unclearAnswer(fault, dialect, apiKey));
  return accept(exchange, turn);
}

function accept(exchange: TaskExchange, turn: Turn): Promise<FastifyReply> {
  const { dialect, simulation } = exchange;
  const { received, parsed, behaviour, callbackFault, apiKey } = turn;
  const { fault } = behaviour;
  const origin = originOf(exchange);
  let entry: TaskEntry | undefined;
  const begin = async (submissionId: string) => {
    const start = { dialect, parsed, behaviour, callbackFault, apiKey, origin, submissionId };
    entry = await startTask(start, simulation);
  };
  const prepare = async () => {
    if (isUnclearFault(fault)) return unclearAnswer(fault, dialect, apiKey);
    if (fault?.kind === 'empty_success') return emptyAnswer();
    if (!entry) throw new Error('A task begins before its submission is answered.');
    if (callbackFault?.kind === 'callback_early') await simulation.callbacks.callBackNow(entry);
    return dialect.answerCreated(await viewTask({ entry, dialect, origin, state: 'queued' }, simulation));
  };
  // What happens to the task later does not happen to this answer.
  const ofAnswer =
    isTaskFault(fault) || fault?.kind === 'content_block' ? { ...behaviour, fault: undefined } : behaviour;
  return serveAccepted(exchange, { received, behaviour: ofAnswer, begin, prepare });
}

function emptyAnswer(): ProviderAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
}
