import { ProblemError } from '../problems/problem-error.ts';

/** An upload that is not taken: `reason` says what is wrong with it, `remedy` what to send instead. Nothing of it is kept. */
export function refusedUpload(reason: string, remedy: string): ProblemError {
  return new ProblemError('invalid_request', `${reason} ${remedy}`, { errors: [{ path: '/file', message: reason }] });
}

export function uploadTooLarge(maxBytes: number, what: string): ProblemError {
  const megabytes = maxBytes / (1024 * 1024);
  const limit = Number.isInteger(megabytes) ? `${megabytes} MB` : `${maxBytes} bytes`;
  return new ProblemError('too_large', `Send ${what} of at most ${limit}.`, {
    errors: [{ path: '/file', message: `must be at most ${maxBytes} bytes` }],
  });
}
