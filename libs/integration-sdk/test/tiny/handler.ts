import { failure, type ArtifactFacts, type MediaReference } from '@darkroom/contract';
import type { SettingsOf } from '../../src/index.ts';
import type { CallHandler } from '../../src/worker/index.ts';
import type { definition } from './definition.ts';

type Handler = CallHandler<
  { prompt: string; image?: MediaReference | undefined; images?: MediaReference[] | undefined },
  { images: ArtifactFacts[] },
  SettingsOf<typeof definition.settings>
>;

/** An image as the body, with a second one in a header, a redirect to one, a 429 or a 422: all that a test needs a provider to say. */
export const handler: Handler = {
  toProviderRequest: ({ input, settings }) => ({
    url: settings.url,
    headers: { authorization: settings.apiKey },
    body: input,
  }),
  fromProviderResponse({ response: { status, headers, body } }) {
    const url = headers['x-result-url'];
    const second = headers['x-second-result'];
    if (status === 200)
      return {
        kind: 'accepted',
        externalId: 'task-1',
        results: [
          url === undefined ? { kind: 'image', bytes: body } : { kind: 'image', url },
          ...(second === undefined ? [] : [{ kind: 'image' as const, bytes: Buffer.from(second, 'base64') }]),
        ],
      };
    if (status === 429)
      return {
        kind: 'refused',
        retry: true,
        retryAfterSeconds: Number(headers['retry-after'] ?? 0),
        error: failure('provider_rate_limited', 'Slow down.'),
      };
    if (status === 422)
      return { kind: 'failed', error: failure('content_rejected', `Blocked: ${Buffer.from(body).toString()}`) };
    return { kind: 'refused', retry: false, error: failure('provider_rejected', 'No.') };
  },
  toOutput: ({ artifacts }) => ({ images: artifacts }),
};
