import type { FastifyReply } from 'fastify';
import { keyFingerprint } from '../ledger/key-fingerprint.ts';
import { keyOrRefusal, originOf, type TaskExchange } from './task-exchange.ts';
import { servePlanned } from './serve-planned.ts';
import { viewTask } from './view-task.ts';

/** Lists the tasks of a key. */
export async function serveList(exchange: TaskExchange): Promise<FastifyReply> {
  const { dialect, simulation, request, reply } = exchange;
  const apiKey = keyOrRefusal(exchange);
  if (apiKey === undefined) return reply;
  const entries = simulation.tasks.listOf({ provider: dialect.name, keyFingerprint: keyFingerprint(apiKey) });
  const prompt = entries.map(({ task }) => task.order.prompt).join('\n');
  const behaviour = simulation.plans.take({ on: 'list', apiKey, prompt }) ?? {};
  const prepare = async () => {
    const shown = behaviour.fault?.kind === 'list_empty' ? [] : entries;
    const origin = originOf(exchange);
    const views = await Promise.all(shown.map((entry) => viewTask({ entry, dialect, origin }, simulation)));
    return dialect.answerList?.(request, views);
  };
  return servePlanned(exchange, { provider: dialect, apiKey, behaviour, prepare });
}
