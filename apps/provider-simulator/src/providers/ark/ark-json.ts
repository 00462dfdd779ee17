import { randomBytes } from 'node:crypto';
import type { ProviderAnswer } from '../image-dialect.ts';

/** JSON with the request id that Ark sends in every answer. */
export function arkJson(status: number, body: object, requestId = newRequestId()): ProviderAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId },
    body: JSON.stringify(body),
  };
}

export interface ArkError {
  readonly code: string;
  readonly message: string;
  readonly param?: string | undefined;
  readonly type: string;
}

/** Ark's error envelope; every message ends with the request id. */
export function arkError(status: number, { code, message, param = '', type }: ArkError): ProviderAnswer {
  const requestId = newRequestId();
  return arkJson(status, { error: { code, message: `${message} Request id: ${requestId}`, param, type } }, requestId);
}

/** Such as 0217…: the time and random digits. */
export function newRequestId(): string {
  return `02${Date.now()}${randomBytes(15).toString('hex')}`;
}
