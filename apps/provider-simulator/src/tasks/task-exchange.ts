import type { FastifyRequest } from 'fastify';
import { keyFingerprint } from '../ledger/key-fingerprint.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import { sendAnswer } from '../providers/connection.ts';
import { invalidKey } from '../providers/serve-request.ts';
import type { Conversation } from '../providers/serve-uncounted.ts';
import type { TaskDialect } from '../providers/task-dialect.ts';
import type { TaskEntry } from './task-store.ts';

/** One request to a provider of tasks, with all that is needed to answer it. */
export interface TaskExchange extends Conversation {
  readonly dialect: TaskDialect;
  readonly request: FastifyRequest;
  /** What a plan decided when only the headers were there. */
  readonly planned?: Behaviour | undefined;
}

/** The key of a request, or undefined where it is missing or not valid: then the answer has been sent. */
export function keyOrRefusal({ dialect, request, reply }: TaskExchange): string | undefined {
  const apiKey = dialect.apiKeyOf(request);
  if (apiKey !== undefined && apiKey !== invalidKey) return apiKey;
  sendAnswer(reply, dialect.refuse({ kind: 'invalid_key', apiKey }));
  return undefined;
}

/** The task that a request is about, where it is one of this provider and this key. */
export function findTask({ dialect, request, simulation }: TaskExchange, apiKey: string): TaskEntry | undefined {
  const entry = simulation.tasks.find(dialect.taskIdOf(request) ?? '');
  const isTheirs = entry?.task.provider === dialect.name && entry.task.keyFingerprint === keyFingerprint(apiKey);
  return isTheirs ? entry : undefined;
}

/** The simulator's own origin, as the client addressed it. */
export function originOf({ request }: TaskExchange): string {
  return `http://${request.host}`;
}
