import type { ProviderResponse } from '../worker/call-handler.ts';

/** The body as JSON; undefined where it is none. */
export function readJson({ body }: Pick<ProviderResponse, 'body'>): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
