import { failure, type Failure, type FailureCode } from '@darkroom/contract';
import type { ProviderOutcome } from '@darkroom/integration-sdk/worker';

/** What the provider said of itself, whole: it is cut to the contract's lengths after secrets were taken out of it. */
export interface ProviderWords {
  status: number;
  code?: string | undefined;
  message?: string | undefined;
}

/** The provider did not take the submission. */
export function refused({
  code,
  message,
  words,
  ...retrying
}: {
  code: FailureCode;
  message: string;
  words: ProviderWords;
  retry?: boolean;
  retryAfterSeconds?: number | undefined;
}): ProviderOutcome {
  const { retry = false, retryAfterSeconds } = retrying;
  const error = toFailure(code, message, words);
  return { kind: 'refused', error, retry, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

/** The provider took the submission, and there will be no result. */
export function failed({
  code,
  message,
  words,
  externalId,
}: {
  code: FailureCode;
  message: string;
  words: ProviderWords;
  externalId?: string | undefined;
}): ProviderOutcome {
  return { kind: 'failed', error: toFailure(code, message, words), ...(externalId !== undefined && { externalId }) };
}

/** Nobody can tell from this answer whether the provider took the submission. */
export function unknown({ status, code, message }: ProviderWords): ProviderOutcome {
  const said = [code, message].filter((part) => part !== undefined && part !== '').join(': ');
  return {
    kind: 'unknown',
    reason: `The provider answered ${status}${said === '' ? '' : ` (${said})`}.`,
  };
}

/** The answer is a success by its status, and nothing that can be read. */
export function unreadable(status: number): ProviderOutcome {
  const message = "The provider's answer cannot be read: check that the dialect setting fits the provider.";
  return failed({ code: 'provider_response_invalid', message, words: { status } });
}

function toFailure(
  code: FailureCode,
  message: string,
  { status, code: ownCode, message: ownMessage }: ProviderWords,
): Failure {
  const provider = {
    status,
    ...(ownCode && { code: ownCode }),
    ...(ownMessage && { message: ownMessage }),
  };
  return failure(code, message, { provider });
}
