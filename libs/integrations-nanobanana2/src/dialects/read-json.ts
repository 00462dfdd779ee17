import type { ProviderResponse } from '@darkroom/integration-sdk/worker';

/** The body as JSON; undefined where it is none. */
export function readJson({ body }: ProviderResponse): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
