import type { ProviderResponse } from '../worker/call-handler.ts';
import type { SubmitOutcome } from '../worker/poll-handler.ts';
import type { ErrorRules, ProviderWords } from './error-rules.ts';
import { fromErrorAnswer, sayWords } from './from-error-answer.ts';

/**
 * What the answer to a submission means where the provider names a task. Errors may come with HTTP 200 too. A success that names no task and
 * no known error is `unknown`: there may be a task, and a callback or a list tells of it.
 */
export function fromCreatedAnswer(
  response: ProviderResponse,
  given: {
    externalId: string | undefined;
    rules: ErrorRules;
    words: ProviderWords | undefined;
    settings: string;
  },
): SubmitOutcome {
  const { status } = response;
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && given.externalId !== undefined) return { kind: 'accepted', externalId: given.externalId };
  const outcome = fromErrorAnswer(response, given);
  if (!isSuccess || outcome.kind !== 'unknown') return outcome;
  const said = sayWords({ status, ...given.words });
  return {
    kind: 'unknown',
    reason: `The provider answered ${said} and named no task, though it may have made one: check ${given.settings}.`,
  };
}
