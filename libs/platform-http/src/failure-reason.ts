import { types } from 'node:util';

/** The short reason of a socket's or a client's failure: its code where it has one. */
export function failureReason(error: unknown): string {
  if (!types.isNativeError(error)) return 'unknown reason';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.message === '' ? error.name : error.message;
}
