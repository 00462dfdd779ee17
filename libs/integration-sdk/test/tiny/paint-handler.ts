import { failure, type ArtifactFacts } from '@darkroom/contract';
import { z } from 'zod';
import type { SettingsOf } from '../../src/index.ts';
import type { PollHandler, PollOutcome, ProviderResponse } from '../../src/worker/index.ts';
import type { definition } from './definition.ts';

type Handler = PollHandler<{ prompt: string }, { images: ArtifactFacts[] }, SettingsOf<typeof definition.settings>>;

const taskSchema = z.object({ id: z.string() });
const listSchema = z.object({ items: z.array(z.object({ id: z.string(), createdAt: z.coerce.date() })) });
const stateSchema = z.object({
  state: z.string(),
  percent: z.number().optional(),
  url: z.string().optional(),
});

/** Speaks to the task provider of the test. */
export const paintHandler: Handler = {
  toProviderRequest: ({ input, settings, callbackUrl }) => ({
    url: `${settings.url}tasks`,
    headers: { authorization: settings.apiKey },
    body: { ...input, callbackUrl },
  }),
  fromProviderResponse({ response }) {
    if (response.status === 200) return { kind: 'accepted', externalId: taskSchema.parse(jsonOf(response)).id };
    if (response.status >= 500) return { kind: 'unknown', reason: textOf(response) };
    if (response.status === 429)
      return {
        kind: 'refused',
        retry: true,
        retryAfterSeconds: Number(response.headers['retry-after'] ?? 0),
        error: failure('provider_rate_limited', 'Slow down.'),
      };
    return { kind: 'refused', retry: false, error: failure('provider_rejected', 'No.') };
  },
  toPollRequest: ({ externalId, settings }) => ({
    method: 'GET',
    url: `${settings.url}tasks/${externalId}`,
    headers: { authorization: settings.apiKey },
  }),
  fromPollResponse({ response }): PollOutcome {
    if (response.status === 404) return { kind: 'not_found' };
    if (response.status !== 200) return { kind: 'unavailable', reason: textOf(response) };
    const { state, percent, url } = stateSchema.parse(jsonOf(response));
    if (state === 'succeeded' && url !== undefined) return { kind: 'succeeded', results: [{ kind: 'image', url }] };
    if (state === 'failed') return { kind: 'failed', error: failure('provider_failed', 'It did not work out.') };
    if (state === 'cancelled') return { kind: 'cancelled' };
    return { kind: 'pending', step: state, ...(percent !== undefined && { percent }) };
  },
  toOutput: ({ artifacts }) => ({ images: artifacts }),
  cancelling: {
    possibleAt: ['queued'],
    toCancelRequest: ({ externalId, settings }) => ({
      method: 'DELETE',
      url: `${settings.url}tasks/${externalId}`,
      headers: { authorization: settings.apiKey },
    }),
    fromCancelResponse: ({ response }) =>
      response.status === 200
        ? { kind: 'cancelled', billing: 'not_charged' }
        : { kind: 'unavailable', reason: `HTTP ${response.status}` },
  },
  listing: {
    toListRequest: ({ settings }) => ({
      method: 'GET',
      url: `${settings.url}tasks`,
      headers: { authorization: settings.apiKey },
    }),
    fromListResponse({ response }) {
      if (response.status !== 200) return { kind: 'unavailable', reason: textOf(response) };
      const { items } = listSchema.parse(jsonOf(response));
      return {
        kind: 'listed',
        hasMore: false,
        tasks: items.map(({ id, createdAt }) => ({ externalId: id, createdAt })),
      };
    },
  },
};

/** All that the provider said, as integrations hand it on. */
function textOf({ status, body }: ProviderResponse): string {
  return `HTTP ${status} ${Buffer.from(body).toString()}`;
}

function jsonOf({ body }: ProviderResponse): unknown {
  return JSON.parse(Buffer.from(body).toString());
}
