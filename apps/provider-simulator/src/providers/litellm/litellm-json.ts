import { randomUUID } from 'node:crypto';
import type { ProviderAnswer } from '../image-dialect.ts';

/** JSON with the call id that the proxy sends in every answer. */
export function litellmJson(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): ProviderAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-litellm-call-id': randomUUID(), ...headers },
    body: JSON.stringify(body),
  };
}
