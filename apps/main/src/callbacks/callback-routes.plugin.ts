import { type CallbackAddress, readCallbackToken } from '@darkroom/integration-sdk/signed-links';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { notFound } from '../problems/problem-error.ts';
import type { CallbackReceiver, CallbackReceivers } from './callback-receivers.ts';
import { type CallbackPassing, passOnCallback } from './pass-on-callback.ts';

export interface CallbackDependencies extends CallbackPassing {
  callbackSecret: string;
  callbackReceivers: CallbackReceivers['byIntegration'];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** On the routes of callbacks: whom the token stands for. */
    calledBack: { address: CallbackAddress; receiver: CallbackReceiver } | undefined;
  }
}

const path = '/callbacks/:integration/:token';
const maxBodyBytes = 256 * 1024;
const schema = { hide: true, params: z.object({ integration: z.string(), token: z.string() }) };

/**
 * Where providers call back. They have no API key, come from anywhere and send what content type they like: the token in the
 * address is what they are known by. It is a secret, so neither it nor the body is logged.
 */
export function callbackRoutes(app: ApiInstance, dependencies: CallbackDependencies): void {
  const { callbackSecret, callbackReceivers } = dependencies;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBodyBytes }, (_request, body, done) =>
    done(null, body),
  );
  app.decorateRequest('calledBack', undefined);
  // Before the body is read: nobody without a token makes us take one in.
  app.addHook('onRequest', (request, _reply, done) => {
    const { integration, token } = schema.params.parse(request.params);
    const address = readCallbackToken(callbackSecret, integration, token);
    const receiver = callbackReceivers.get(integration);
    if (address === undefined) {
      request.log.warn('callback with an unknown token');
      return done(notFound());
    }
    const { callId, attempt } = address;
    request.log = request.log.child({ call_id: callId, workflow_id: callId, attempt, integration });
    if (receiver === undefined) {
      request.log.warn('callback for an integration that is disabled or takes none');
      return done(notFound());
    }
    request.calledBack = { address, receiver };
    // Fastify refuses a content type that is not well-formed before any parser sees it.
    request.headers['content-type'] = 'application/octet-stream';
    done();
  });

  app.get(path, { schema }, (request, reply) => reply.send(calledBack(request).receiver.definition.answer));

  app.post(path, { schema }, async (request, reply) => {
    const { address, receiver } = calledBack(request);
    await passOnCallback(dependencies, {
      address,
      receiver,
      headers: headersOf(request),
      body: parseJson(request.body),
      log: request.log,
    });
    return reply.send(receiver.definition.answer);
  });
}

function calledBack({ calledBack }: FastifyRequest) {
  if (calledBack === undefined) throw notFound();
  return calledBack;
}

function headersOf({ headers }: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** Undefined where it is no JSON. */
function parseJson(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
