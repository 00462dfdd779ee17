import type { ProviderResponse } from '../worker/call-handler.ts';
import type { SubmitOutcome } from '../worker/poll-handler.ts';
import type { ErrorRules, ProviderWords } from './error-rules.ts';
import { fromErrorAnswer, sayWords } from './from-error-answer.ts';

/**
 * What the answer to a submission means where the provider names a task. A success that names none is `unknown`: there may be a task,
 * and a callback or a list tells of it. The rest is as for `fromErrorAnswer`.
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
  const said = sayWords({ status, ...given.words });
  return {
    kind: 'unknown',
    reason: `The provider answered ${said} and named no task, though it may have made one: check ${given.settings}.`,
  };
}
