import type { FastifyReply } from 'fastify';
import { serveFile } from '../files/serve-file.ts';
import { findTask, keyOrRefusal, originOf, type TaskExchange } from './task-exchange.ts';
import { servePlanned } from './serve-planned.ts';
import { mediaOf } from './make-media.ts';
import type { MediaFile } from './task-record.schema.ts';
import type { TaskEntry } from './task-store.ts';

/** Gives out what a task made at the provider itself, where the key is asked for. */
export async function serveDownload(exchange: TaskExchange): Promise<FastifyReply> {
  const { dialect, simulation, request, reply } = exchange;
  const apiKey = keyOrRefusal(exchange);
  if (apiKey === undefined) return reply;
  const entry = findTask(exchange, apiKey);
  const file = entry && (await fileOf(exchange, entry));
  if (!entry || !file) {
    const answer = dialect.refuse({ kind: 'not_found', taskId: dialect.taskIdOf(request) ?? '' });
    return servePlanned(exchange, { provider: dialect, apiKey, behaviour: {}, prepare: () => Promise.resolve(answer) });
  }
  if (dialect.downloads?.redirects) return reply.redirect(originOf(exchange) + file.path, 302);
  const behaviour = simulation.plans.take({ on: 'download', apiKey, prompt: entry.task.order.prompt });
  return serveFile(exchange, { path: file.path, task: entry.task, provider: dialect, apiKey, behaviour });
}

async function fileOf(
  { dialect, simulation, request }: TaskExchange,
  entry: TaskEntry,
): Promise<MediaFile | undefined> {
  if (simulation.tasks.momentOf(entry).state !== 'succeeded' || !dialect.downloads) return undefined;
  const { results, lastFrame } = await mediaOf(entry, dialect.makes, simulation);
  const { part, index } = dialect.downloads.partOf(request);
  return part === 'lastFrame' ? lastFrame : results[index];
}
