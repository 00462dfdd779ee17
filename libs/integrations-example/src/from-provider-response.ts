import { failure } from '@darkroom/contract';
import type { ProviderOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { errorAnswerSchema, imageAnswerSchema } from './provider-api.schema.ts';
import { fromProviderError } from './provider-errors.ts';

/** What an answer means. Anything that is not the provider's own does not tell whether the request was taken. */
export function fromProviderResponse({ response }: { response: ProviderResponse }): ProviderOutcome {
  const json = readJson(response);
  if (response.status !== 200) {
    const answer = errorAnswerSchema.safeParse(json);
    if (!answer.success) return { kind: 'unknown', reason: `The answer ${response.status} is not the provider's own.` };
    return fromProviderError(answer.data.error, response);
  }
  const answer = imageAnswerSchema.safeParse(json);
  if (!answer.success) {
    const message = "The provider's answer cannot be read: check EXAMPLE_EXTERNAL_BASE_URL.";
    return { kind: 'failed', error: failure('provider_response_invalid', message, { provider: { status: 200 } }) };
  }
  const { id: externalId, image } = answer.data;
  if (image === undefined) {
    const message = 'The provider answered without an image: make the call again.';
    return { kind: 'failed', externalId, error: failure('provider_failed', message, { provider: { status: 200 } }) };
  }
  return { kind: 'accepted', externalId, results: [{ kind: 'image', bytes: Buffer.from(image, 'base64') }] };
}

function readJson({ body }: ProviderResponse): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
