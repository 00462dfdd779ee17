import type { FastifyReply } from 'fastify';
import { findTask, keyOrRefusal, originOf, type TaskExchange } from './task-exchange.ts';
import { servePlanned } from './serve-planned.ts';
import { viewTask } from './view-task.ts';

/** Tells how far a task is. */
export async function serveQuery(exchange: TaskExchange): Promise<FastifyReply> {
  const { dialect, simulation, request, reply } = exchange;
  const apiKey = keyOrRefusal(exchange);
  if (apiKey === undefined) return reply;
  const entry = findTask(exchange, apiKey);
  if (entry) simulation.tasks.countPoll(entry);

  const { plans } = simulation;
  const facts = { on: 'poll', apiKey } as const;
  const behaviour = entry
    ? plans.take({ ...facts, prompt: entry.task.order.prompt })
    : plans.takeByKey(apiKey, facts.on);
  const prepare = async () => {
    if (!entry || behaviour?.fault?.kind === 'not_found') {
      return dialect.refuse({ kind: 'not_found', taskId: dialect.taskIdOf(request) ?? '' });
    }
    const state = behaviour?.fault?.kind === 'unknown_status' ? 'unknown' : undefined;
    const answer = dialect.answerTask(
      await viewTask({ entry, dialect, origin: originOf(exchange), state }, simulation),
    );
    if (!answer) entry.hasUnplayablePlan = true;
    return answer;
  };
  return servePlanned(exchange, { provider: dialect, apiKey, behaviour: behaviour ?? {}, prepare });
}
