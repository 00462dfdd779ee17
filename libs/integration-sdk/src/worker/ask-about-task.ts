import { retryAfterSeconds } from '../answers/retry-after-seconds.ts';
import { classifyIntermediary } from '../call/classify-answer.ts';
import { withoutSecrets } from './clean-secrets.ts';
import type { ProviderResponse } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { messageOf } from './error-message.ts';
import type { PollOutcome, ProviderQuery } from './poll-handler.ts';
import type { TaskWork } from './poll-work.ts';

const timeoutMs = 30_000;
const longestReason = 1_000;

export type Asked<Outcome> = { outcome: Outcome; response?: ProviderResponse };
type Unavailable = Extract<PollOutcome, { kind: 'unavailable' }>;

/** Looks at the task once, when its credentials' budget allows it. Rejects where `signal` is aborted before. */
export async function lookAtTask(work: TaskWork, signal: AbortSignal): Promise<Asked<PollOutcome>> {
  const { task, poll, operation, call, context, missingCredentials } = work;
  if (missingCredentials !== undefined) return { outcome: { kind: 'unavailable', reason: missingCredentials } };
  const given = { externalId: task.externalId, settings: context.settings };
  return askProviderAbout(work, {
    credentialId: task.credentialId,
    signal,
    query: () => poll.toPollRequest(given),
    read: (response) => poll.fromPollResponse({ ...given, response, input: operation.input.parse(call.input) }),
  });
}

/** Asks a question that costs nothing. What gets no answer, or one that nobody can read, is `unavailable`. */
export async function askProviderAbout<Outcome extends { kind: string }>(
  { context, attempt, logger }: CallWork,
  {
    credentialId,
    signal,
    query,
    read,
  }: {
    credentialId: string;
    signal: AbortSignal;
    query: () => ProviderQuery;
    read: (response: ProviderResponse) => Outcome;
  },
): Promise<Asked<Outcome | Unavailable>> {
  const budget = context.pollBudgetOf(credentialId);
  await budget.take(signal);
  const unavailable = (reason: string): Unavailable => {
    const cleaned = withoutSecrets(reason, context.secrets).slice(0, longestReason);
    logger.warn({ attempt, reason: cleaned }, 'the provider says nothing of the task now');
    return { kind: 'unavailable', reason: cleaned };
  };
  try {
    const reply = await context.providerHttp.query(query(), { timeoutMs, signal });
    if (reply.kind !== 'answered') return { outcome: unavailable(reply.reason) };
    const { response } = reply;
    const intermediary = classifyIntermediary(response);
    const outcome = intermediary ? unavailable(intermediary.reason) : read(response);
    const wished = 'retryAfterSeconds' in outcome ? Number(outcome.retryAfterSeconds) : undefined;
    const patience = wished ?? (response.status >= 400 ? retryAfterSeconds(response.headers) : undefined);
    if (patience !== undefined) budget.slowDown(patience);
    return { outcome, response };
  } catch (error) {
    return { outcome: unavailable(messageOf(error)) };
  }
}
