import { readJson, toFailure, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { readGoogleError } from './google-error.ts';
import { type Operation, operationSchema } from './provider-api.schema.ts';
import { couldNotGenerate, grpcNames, heldBack, operationRules } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization } from './to-provider-request.ts';

/** What an operation's state means. */
export function fromPollResponse(given: { response: ProviderResponse; settings: Settings }): PollOutcome {
  const operation = operationSchema.safeParse(readJson(given.response));
  if (given.response.status === 200 && operation.success) return fromOperation(operation.data, given.settings);
  const { words, response } = readGoogleError(given.response);
  return words?.code?.startsWith('NOT_FOUND') ? { kind: 'not_found' } : toUnavailable(response, words);
}

function fromOperation({ done, error, response }: Operation, settings: Settings): PollOutcome {
  if (!done) return { kind: 'pending' };
  if (error) return fromOperationError(error);
  const {
    generatedSamples = [],
    raiMediaFilteredReasons: reasons = [],
    raiMediaFilteredCount,
  } = response?.generateVideoResponse ?? {};
  if (generatedSamples.length === 0) {
    const rule = reasons.length > 0 || raiMediaFilteredCount ? heldBack : couldNotGenerate;
    return { kind: 'failed', error: toFailure(rule, { status: 200, message: reasons.join(' ') }) };
  }
  const results = generatedSamples.map((url) => ({ kind: 'video' as const, url, headers: keyFor(url, settings) }));
  return { kind: 'succeeded', results, ...(reasons.length > 0 && { details: { filteredReasons: reasons } }) };
}

function fromOperationError({ code, message }: NonNullable<Operation['error']>): PollOutcome {
  const words = { code: grpcNames[code ?? 2] ?? String(code), message: message ?? undefined };
  if (words.code === 'CANCELLED') return { kind: 'cancelled' };
  return { kind: 'failed', error: toTaskFailure(operationRules, words, couldNotGenerate) };
}

/** A download needs the key, which only the API's own origin may see. */
function keyFor(url: string, settings: Settings): Record<string, string> {
  return new URL(url).origin === new URL(settings.baseUrl).origin ? authorization(settings) : {};
}
