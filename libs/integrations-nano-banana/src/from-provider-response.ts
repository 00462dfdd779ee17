import { type ProviderWords, fromErrorAnswer, readJson, toFailure } from '@darkroom/integration-sdk/answers';
import type { ProviderResponse, SubmitOutcome } from '@darkroom/integration-sdk/worker';
import { createdSchema, envelopeSchema } from './provider-api.schema.ts';
import { checkSettings, couldNotGenerate, errorRules } from './provider-errors.ts';

/** What the answer to `createTask` means: HTTP 200 also holds errors. */
export function fromProviderResponse({ response }: { response: ProviderResponse }): SubmitOutcome {
  const { words, data } = readEnvelope(response);
  const created = createdSchema.safeParse(data);
  if (words?.code === '200' && created.success) return { kind: 'accepted', externalId: created.data.taskId };
  if (words?.code === '501') return { kind: 'failed', error: toFailure(couldNotGenerate, words) };
  return fromErrorAnswer(response, { rules: errorRules, words, settings: checkSettings });
}

/** `words` are undefined where the answer is not in kie.ai's envelope. Its `code` counts more than the HTTP status. */
export function readEnvelope(response: ProviderResponse): { words: ProviderWords | undefined; data: unknown } {
  const envelope = envelopeSchema.safeParse(readJson(response));
  if (!envelope.success) return { words: undefined, data: undefined };
  const { code, msg, message, data } = envelope.data;
  return { words: { status: response.status, code: String(code), message: msg ?? message }, data };
}
