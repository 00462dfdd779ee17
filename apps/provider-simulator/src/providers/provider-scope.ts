import type { FastifyInstance } from 'fastify';
import type { Logger } from '@darkroom/platform-logging';
import { sendAnswer } from './connection.ts';
import type { ProviderAnswer, Refusal } from './image-dialect.ts';

interface Provider {
  readonly name: string;
  refuse(refusal: Refusal): ProviderAnswer;
}

/** Leaves a form's bytes to the dialect. */
export function readForms(scope: FastifyInstance): void {
  scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, parsed) =>
    parsed(null, body),
  );
}

/** Answers what Fastify refuses, and what fails here, in the provider's own envelope. */
export function refuseErrors(scope: FastifyInstance, { name, refuse }: Provider, logger: Logger): void {
  scope.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    const isTheirs = error.statusCode !== undefined && error.statusCode < 500;
    if (!isTheirs) logger.error({ error, provider: name }, 'the simulator failed');
    return sendAnswer(
      reply,
      refuse(isTheirs ? { kind: 'bad_request', message: error.message } : { kind: 'internal_error' }),
    );
  });
}
