import { randomBytes } from 'node:crypto';
import type { ProviderAnswer } from '../image-dialect.ts';

/** JSON with the request id that OpenAI sends in every answer. */
export function openaiJson(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): ProviderAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-request-id': `req_${randomBytes(16).toString('hex')}`,
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

export function openaiError(
  status: number,
  error: {
    readonly message: string;
    readonly type: string;
    readonly param?: string | null;
    readonly code: string | null;
  },
  headers?: Readonly<Record<string, string>>,
): ProviderAnswer {
  const { message, type, param = null, code } = error;
  return openaiJson(status, { error: { message, type, param, code } }, headers);
}
