import { isUtf8 } from 'node:buffer';
import type { ApiInstance } from './api-instance.ts';
import { ProblemError } from './problems/problem-error.ts';

/** Has an instance read JSON as the framework does, and refuse what is not UTF-8. */
export function readJsonBodies(app: ApiInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    requireUtf8(bytes);
    void parse(request, bytes.toString('utf8'), done);
  });
}

/** Throws the problem of a body that is not UTF-8. */
export function requireUtf8(bytes: Buffer): void {
  // Decoded as it is, a fault would become a character that nobody wrote, and be paid for.
  if (!isUtf8(bytes)) throw new ProblemError('malformed_request', 'The body is not UTF-8.');
}
