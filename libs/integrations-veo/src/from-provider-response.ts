import { fromErrorAnswer, readJson } from '@darkroom/integration-sdk/answers';
import type { ProviderResponse, SubmitOutcome } from '@darkroom/integration-sdk/worker';
import { readGoogleError } from './google-error.ts';
import { createdSchema } from './provider-api.schema.ts';
import { checkSettings, errorRules } from './provider-errors.ts';

/** What the answer to `predictLongRunning` means: it names the operation to ask for. */
export function fromProviderResponse({ response }: { response: ProviderResponse }): SubmitOutcome {
  const created = createdSchema.safeParse(readJson(response));
  if (response.status === 200 && created.success) return { kind: 'accepted', externalId: created.data.name };
  const error = readGoogleError(response);
  return fromErrorAnswer(error.response, { rules: errorRules, words: error.words, settings: checkSettings });
}
