import { failure } from '@darkroom/contract';
import { fromErrorAnswer, readJson, toFailure } from '@darkroom/integration-sdk/answers';
import type { CallHandler, ProviderOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import type { Input } from './input.schema.ts';
import type { Output } from './output.schema.ts';
import { errorAnswerSchema, imageAnswerSchema } from './provider-api.schema.ts';
import { couldNotGenerate, errors } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { toProviderRequest } from './to-provider-request.ts';

/** Delivery `call`: one request, whose answer holds the image. */
export const callHandler: CallHandler<Input, Output, Settings> = {
  toProviderRequest: (given) => toProviderRequest('/images', given),
  fromProviderResponse,
  toOutput: ({ artifacts }) => ({ images: artifacts }),
};

function fromProviderResponse({ response }: { response: ProviderResponse }): ProviderOutcome {
  if (response.status !== 200) {
    const words = errorAnswerSchema.safeParse(readJson(response)).data;
    return fromErrorAnswer(response, { rules: errors.submission, words, settings: errors.settings });
  }
  const answer = imageAnswerSchema.safeParse(readJson(response));
  if (!answer.success) {
    const message = `The provider's answer cannot be read: check ${errors.settings}.`;
    return { kind: 'failed', error: failure('provider_response_invalid', message, { provider: { status: 200 } }) };
  }
  const { id: externalId, image } = answer.data;
  if (image === undefined) return { kind: 'failed', externalId, error: toFailure(couldNotGenerate, { status: 200 }) };
  return { kind: 'accepted', externalId, results: [{ kind: 'image', bytes: Buffer.from(image, 'base64') }] };
}
