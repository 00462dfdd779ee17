import { failure } from '@darkroom/contract';
import { fromErrorAnswer, type ProviderWords, readJson, toTaskFailure } from '@darkroom/integration-sdk/answers';
import type { ProviderOutcome, ProviderResponse, ProviderResult } from '@darkroom/integration-sdk/worker';
import type { ImageDetails } from './output.schema.ts';
import { type ArkError, errorAnswerSchema, type ImagesAnswer, imagesAnswerSchema } from './provider-api.schema.ts';
import { checkSettings, couldNotGenerate, errorRules, generationRules } from './provider-errors.ts';

/** What an answer means. A success holds images, errors, or both. */
export function fromProviderResponse({ response }: { response: ProviderResponse }): ProviderOutcome {
  const json = readJson(response);
  if (response.status !== 200) {
    const envelope = errorAnswerSchema.safeParse(json);
    const words = envelope.success ? toWords(envelope.data.error) : undefined;
    return fromErrorAnswer(response, { rules: errorRules, words, settings: checkSettings });
  }
  const answer = imagesAnswerSchema.safeParse(json);
  if (!answer.success) return unreadable();
  const externalId = response.headers['x-request-id'];
  const items = answer.data.data ?? [];
  const results = items.flatMap(toResult);
  const details = toDetails(answer.data);
  const named = externalId ? { externalId } : {};
  if (results.length > 0) return { kind: 'accepted', ...named, results, details };
  if (items.length > 0 && details.failures.length === 0) return { ...unreadable(), ...named };
  const words = { status: 200, ...details.failures[0] };
  return { kind: 'failed', ...named, error: toTaskFailure(generationRules, words, couldNotGenerate) };
}

/** Ark took the request and was paid for whatever stands in the answer. */
function unreadable(): Extract<ProviderOutcome, { kind: 'failed' }> {
  const message = `Ark's answer cannot be read: check ${checkSettings}.`;
  return { kind: 'failed', error: failure('provider_response_invalid', message, { provider: { status: 200 } }) };
}

type Item = NonNullable<ImagesAnswer['data']>[number];

function toResult({ url, b64_json }: Item): ProviderResult[] {
  if (url) return [{ kind: 'image', url }];
  return b64_json ? [{ kind: 'image', bytes: Buffer.from(b64_json, 'base64') }] : [];
}

/** The group's own error stands last: Ark stops a group at an internal error, and goes on after moderation. */
function toDetails({ model, usage, data, error }: ImagesAnswer): ImageDetails {
  const failures = (data ?? []).flatMap((item, position) => (item.error ? [{ position, ...toFact(item.error) }] : []));
  return {
    ...(model && { model: model.slice(0, 200) }),
    ...(usage && {
      usage: { generatedImages: usage.generated_images, totalTokens: usage.total_tokens },
    }),
    failures: [...failures, ...(error ? [toFact(error)] : [])].slice(0, 16),
  };
}

function toFact(error: ArkError) {
  const { code, message } = toWords(error);
  return { ...(code && { code: code.slice(0, 200) }), ...(message && { message: message.slice(0, 500) }) };
}

function toWords({ code, message }: ArkError): Pick<ProviderWords, 'code' | 'message'> {
  return { ...(code && { code }), ...(message && { message }) };
}
