import { failure } from '@darkroom/contract';
import type { ProviderResponse } from '../worker/call-handler.ts';
import type { SubmitOutcome } from '../worker/poll-handler.ts';
import type { ErrorRules, ProviderWords } from './error-rules.ts';
import { fromErrorAnswer } from './from-error-answer.ts';

/**
 * What the answer to a submission means where the provider names a task. A success that names none fails the call: there is a task
 * that nobody can find. The rest is as for `fromErrorAnswer`.
 */
export function fromCreatedAnswer(
  response: ProviderResponse,
  given: {
    externalId: string | undefined;
    rules: ErrorRules;
    words: Pick<ProviderWords, 'code' | 'message'> | undefined;
    settings: string;
  },
): SubmitOutcome {
  const { status } = response;
  if (status < 200 || status >= 300) return fromErrorAnswer(response, given);
  if (given.externalId !== undefined) return { kind: 'accepted', externalId: given.externalId };
  const message = `The provider's answer names no task, though it may have made one: check ${given.settings}.`;
  return {
    kind: 'failed',
    error: failure('provider_response_invalid', message, { provider: { status, ...given.words } }),
  };
}
