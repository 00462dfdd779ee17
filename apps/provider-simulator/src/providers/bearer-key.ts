import type { FastifyRequest } from 'fastify';

/** The key of an `Authorization: Bearer …` header. */
export function bearerKey(request: FastifyRequest): string | undefined {
  return /^Bearer\s+(?<key>\S+)\s*$/i.exec(request.headers.authorization ?? '')?.groups?.['key'];
}
