import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Behaviour } from '../plans/plan.schema.ts';
import type { ProviderAnswer, Refusal } from '../providers/image-dialect.ts';
import type { Conversation } from '../providers/serve-uncounted.ts';
import { waitUnlessGone } from '../providers/wait-unless-gone.ts';
import { servePlanned } from '../tasks/serve-planned.ts';
import type { Task } from '../tasks/task-record.schema.ts';
import { privateAddress } from './private-address.ts';

interface FileRequest {
  /** The file's path on this server. */
  readonly path: string;
  /** The task that made the file; undefined for images that were answered at once. */
  readonly task?: Task | undefined;
  readonly provider: { readonly name: string; refuse(refusal: Refusal): ProviderAnswer };
  readonly apiKey: string;
  readonly behaviour: Behaviour | undefined;
}

/** Gives out a file of the shelf, as far as the plans and the task's own fault let it. */
export async function serveFile(conversation: Conversation, wanted: FileRequest): Promise<FastifyReply> {
  const { reply, gone } = conversation;
  const { task, behaviour, provider, apiKey } = wanted;
  const own = behaviour ? undefined : task?.fault;
  if (own?.kind === 'url_redirects_to_private') return reply.redirect(privateAddress, 302);
  if (own?.kind === 'result_slow') await waitUnlessGone(own.latencyMs, gone);
  const found = await readShelf(conversation, wanted);
  if (own?.kind === 'result_too_large' && found.status === 200) return sendLarge(reply, found, own);
  return servePlanned(conversation, {
    provider,
    apiKey,
    behaviour: behaviour ?? {},
    prepare: () => Promise.resolve(found),
  });
}

async function readShelf({ simulation }: Conversation, wanted: FileRequest): Promise<ProviderAnswer> {
  const fault = wanted.behaviour?.fault ?? wanted.task?.fault;
  if (fault?.kind === 'url_expired') return shelfError(fault.status);
  if (fault?.kind === 'not_found') return shelfError(404);
  const answer = await simulation.shelf.find(wanted.path.slice('/files/'.length));
  if (answer.status !== 'found') return shelfError(answer.status === 'expired' ? 403 : 404);
  return { status: 200, headers: { 'content-type': answer.mimeType }, body: answer.bytes };
}

/** What an object store answers in place of a file. */
function shelfError(status: number, code?: string): ProviderAnswer {
  const usual = status === 403 ? 'AccessDenied' : 'NoSuchKey';
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code ?? usual}</Code></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

const chunk = Buffer.alloc(64 * 1024);

/** A body that begins like the real file and goes on for long; nothing of it is kept in memory. */
function sendLarge(
  reply: FastifyReply,
  { headers, body }: ProviderAnswer,
  { megabytes, declared }: { megabytes: number; declared: boolean },
): FastifyReply {
  const total = megabytes * 1024 * 1024;
  const length = declared ? { 'content-length': String(total) } : {};
  return reply.headers({ ...headers, ...length }).send(Readable.from(largeBody(Buffer.from(body), total)));
}

function* largeBody(beginning: Buffer, total: number): Generator<Buffer> {
  yield beginning.subarray(0, total);
  for (let sent = beginning.length; sent < total; sent += chunk.length) yield chunk.subarray(0, total - sent);
}

/** The object store's own words for what plans on downloads may ask for. */
export const shelfProvider = {
  name: 'files',
  refuse(refusal: Refusal): ProviderAnswer {
    switch (refusal.kind) {
      case 'rate_limited': {
        const answer = shelfError(429, 'SlowDown');
        const { retryAfterSeconds: seconds } = refusal;
        return seconds === undefined
          ? answer
          : { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(seconds)) } };
      }
      case 'unavailable_envelope':
        return shelfError(503, 'ServiceUnavailable');
      case 'internal_error':
        return shelfError(500, 'InternalError');
      case 'bad_request':
        return shelfError(400, 'InvalidRequest');
      default:
        return shelfError(403);
    }
  },
};
