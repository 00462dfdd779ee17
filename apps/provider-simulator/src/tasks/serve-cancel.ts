import type { FastifyReply } from 'fastify';
import type { Behaviour } from '../plans/plan.schema.ts';
import type { ProviderAnswer } from '../providers/image-dialect.ts';
import { findTask, keyOrRefusal, originOf, type TaskExchange } from './task-exchange.ts';
import { servePlanned } from './serve-planned.ts';
import type { TaskEntry } from './task-store.ts';
import { viewTask } from './view-task.ts';

/** Cancels a task, deletes its record, or refuses to: as the provider does in its state. */
export async function serveCancel(exchange: TaskExchange): Promise<FastifyReply> {
  const { dialect, simulation, request, reply } = exchange;
  const apiKey = keyOrRefusal(exchange);
  if (apiKey === undefined) return reply;
  const entry = findTask(exchange, apiKey);
  if (!entry) {
    const answer = dialect.refuse({ kind: 'not_found', taskId: dialect.taskIdOf(request) ?? '' });
    return servePlanned(exchange, { provider: dialect, apiKey, behaviour: {}, prepare: () => Promise.resolve(answer) });
  }
  entry.cancels += 1;
  const behaviour = simulation.plans.take({ on: 'cancel', apiKey, prompt: entry.task.order.prompt }) ?? {};
  return servePlanned(exchange, {
    provider: dialect,
    apiKey,
    behaviour,
    prepare: () => cancel(exchange, entry, behaviour),
  });
}

async function cancel(
  exchange: TaskExchange,
  entry: TaskEntry,
  { fault }: Behaviour,
): Promise<ProviderAnswer | undefined> {
  const { dialect, simulation } = exchange;
  const { tasks } = simulation;
  const { id: taskId } = entry.task;
  if (fault?.kind === 'not_found') return dialect.refuse({ kind: 'not_found', taskId });
  const { state } = tasks.momentOf(entry);
  const action = fault?.kind === 'cancel_conflict' ? 'refuse' : (dialect.cancelling?.rule(state) ?? 'refuse');
  if (action === 'refuse') return dialect.refuse({ kind: 'not_cancellable', taskId, state });
  if (action === 'cancel' && !(await tasks.end(entry, { state: 'cancelled' }))) {
    return dialect.refuse({ kind: 'not_cancellable', taskId, state: tasks.momentOf(entry).state });
  }
  const view = await viewTask({ entry, dialect, origin: originOf(exchange) }, simulation);
  if (action === 'delete') await tasks.delete(entry);
  return dialect.cancelling?.answer(view);
}
