import type { TaskState } from '@darkroom/integration-sdk/answers';
import type { Operation } from './provider-api.schema.ts';
import { grpcNames, heldBack } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization } from './to-provider-request.ts';

/** What an operation's state means. */
export function fromOperation({ done, error, response }: Operation, { settings }: { settings: Settings }): TaskState {
  if (!done) return { kind: 'pending' };
  if (error) return fromOperationError(error);
  const {
    generatedSamples = [],
    raiMediaFilteredReasons: reasons = [],
    raiMediaFilteredCount,
  } = response?.generateVideoResponse ?? {};
  if (generatedSamples.length === 0 && (reasons.length > 0 || raiMediaFilteredCount)) {
    return { kind: 'failed', words: { status: 200, message: reasons.join(' ') }, rule: heldBack };
  }
  const results = generatedSamples.map((url) => ({ kind: 'video' as const, url, headers: keyFor(url, settings) }));
  return { kind: 'succeeded', results, ...(reasons.length > 0 && { details: { filteredReasons: reasons } }) };
}

function fromOperationError({ code, message }: NonNullable<Operation['error']>): TaskState {
  const name = grpcNames[code ?? 2] ?? String(code);
  return name === 'CANCELLED'
    ? { kind: 'cancelled' }
    : { kind: 'failed', words: { code: name, message: message ?? undefined } };
}

/** A download needs the key, which only the API's own origin may see. */
function keyFor(url: string, settings: Settings): Record<string, string> {
  return new URL(url).origin === new URL(settings.baseUrl).origin ? authorization(settings) : {};
}
