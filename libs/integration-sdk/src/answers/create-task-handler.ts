import type { ProviderResponse, ProviderResult } from '../worker/call-handler.ts';
import type { CancelOutcome, ListOutcome, PollHandler, PollOutcome } from '../worker/poll-handler.ts';
import { type ErrorRule, fits, type ProviderWords, toFailure, toTaskFailure } from './error-rules.ts';
import { fromCreatedAnswer } from './from-created-answer.ts';
import { readJson } from './read-json.ts';
import type { TaskApi, TaskErrors, TaskResult, TaskState } from './task-api.ts';
import { toUnavailable } from './to-unavailable.ts';

/**
 * Makes the handler of a `poll` or `callback` operation of what the provider says of its tasks: how a submission, a look, a cancel and a list are
 * asked for, and what their answers mean. What an answer does not say is never guessed: a submission stays `unknown`, the rest is asked again.
 */
export function createTaskHandler<Input, Output, Settings, Task>(
  api: TaskApi<Input, Output, Settings, Task>,
): PollHandler<Input, Output, Settings> {
  const { errors, findInputFault, toProviderRequest, toOutput, cancelling, listing } = api;
  const readWords = (response: ProviderResponse): ProviderWords | undefined => {
    const words = api.errorSchema.safeParse(readJson(response)).data;
    return words && { status: response.status, ...words };
  };

  return {
    ...(findInputFault && { findInputFault }),
    toProviderRequest,
    fromProviderResponse: ({ response }) => {
      const externalId = api.createdSchema.safeParse(readJson(response)).data;
      const { submission: rules, settings } = errors;
      return fromCreatedAnswer(response, { externalId, rules, words: readWords(response), settings });
    },
    toPollRequest: (task) => ({ method: 'GET', url: api.taskUrl(task), headers: api.headers(task.settings) }),
    fromPollResponse: ({ response, ...given }) => {
      const task = response.status === 200 ? api.taskSchema.safeParse(readJson(response)) : undefined;
      return task?.success
        ? toPollOutcome(api.fromTask(task.data, given), errors)
        : withoutTask(response, readWords(response), errors);
    },
    toOutput,
    ...(cancelling && {
      cancelling: {
        ...(cancelling.possibleAt && { possibleAt: cancelling.possibleAt }),
        toCancelRequest: (task) => ({ ...cancelling.toQuery(task), headers: api.headers(task.settings) }),
        fromCancelResponse: ({ response }) => fromCancelResponse(response, readWords(response), cancelling),
      },
    }),
    ...(listing && {
      listing: {
        toListRequest: (given) => ({
          method: 'GET',
          url: listing.toListUrl(given),
          headers: api.headers(given.settings),
        }),
        fromListResponse: ({ response }): ListOutcome => {
          const list = response.status === 200 ? listing.schema.safeParse(readJson(response)) : undefined;
          return list?.success ? { kind: 'listed', ...list.data } : toUnavailable(response, readWords(response));
        },
      },
    }),
  };
}

function withoutTask(response: ProviderResponse, words: ProviderWords | undefined, errors: TaskErrors): PollOutcome {
  const isNotFound = words !== undefined && errors.notFound.some((match) => fits(match, words));
  return isNotFound ? { kind: 'not_found' } : toUnavailable(response, words);
}

function toPollOutcome(state: TaskState, errors: TaskErrors): PollOutcome {
  switch (state.kind) {
    case 'pending': {
      const { step, percent } = state;
      return { kind: 'pending', ...(step && { step }), ...(typeof percent === 'number' && { percent }) };
    }
    case 'succeeded': {
      const results = state.results.flatMap(toResult);
      // A poster alone is no result.
      if (results.some(({ role = 'result' }) => role === 'result')) return { ...state, results };
      return errors.withoutResult ? toFailed(errors.withoutResult) : { ...state, results: [] };
    }
    case 'failed': {
      const words = state.words ?? {};
      if (state.rule) return toFailed(state.rule, words);
      return { kind: 'failed', error: toTaskFailure(errors.task, words, errors.otherwise) };
    }
    default:
      return state;
  }
}

function toFailed(rule: ErrorRule, words: ProviderWords = {}): PollOutcome {
  return { kind: 'failed', error: toFailure(rule, words) };
}

function toResult({ url, ...result }: TaskResult): ProviderResult[] {
  return url ? [{ ...result, url }] : [];
}

function fromCancelResponse(
  response: ProviderResponse,
  words: ProviderWords | undefined,
  { billing, notPossible, reason }: NonNullable<TaskApi<never, never, never, never>['cancelling']>,
): CancelOutcome {
  if (response.status === 200) return { kind: 'cancelled', billing };
  const isRefused = words !== undefined && notPossible.some((match) => fits(match, words));
  return isRefused ? { kind: 'not_possible', reason } : toUnavailable(response, words);
}
