import type { ArtifactFacts, Billing, Failure } from '@darkroom/contract';
import type {
  InputImage,
  MediaUrl,
  ProviderOutcome,
  ProviderRequest,
  ProviderResponse,
  ProviderResult,
} from './call-handler.ts';

/** A question to the provider that costs nothing and may be repeated. `body` is sent as JSON. */
export interface ProviderQuery {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** What the answer to the submission means: the provider took it under an id of its own, or as for a `call`. */
export type SubmitOutcome = { kind: 'accepted'; externalId: string } | Exclude<ProviderOutcome, { kind: 'accepted' }>;

/**
 * What an answer to a look means. `pending`: also for a state that nobody knows. `not_found`: the provider does not know the task;
 * right after its creation that passes. `unavailable`: the answer says nothing of the task.
 */
export type PollOutcome =
  | { kind: 'pending'; step?: string; percent?: number }
  | { kind: 'succeeded'; results: ProviderResult[]; details?: Record<string, unknown> }
  | { kind: 'failed'; error: Failure }
  | { kind: 'cancelled' }
  | { kind: 'not_found' }
  | { kind: 'unavailable'; reason: string; retryAfterSeconds?: number };

/** What the provider made of the wish to cancel. `not_possible`: it goes on and charges. */
export type CancelOutcome =
  | { kind: 'cancelled'; billing: Billing }
  | { kind: 'not_possible'; reason: string }
  | { kind: 'unavailable'; reason: string };

/**
 * One page of the provider's list of tasks. A list can only prove that there is no such task. `total`: how many the whole list holds, where
 * the provider tells; it counts more than `hasMore`.
 */
export type ListOutcome =
  | { kind: 'listed'; tasks: { externalId: string; createdAt: Date }[]; hasMore: boolean; total?: number }
  | { kind: 'unavailable'; reason: string };

interface ExternalTask<Settings> {
  externalId: string;
  settings: Settings;
}

/** What an author writes for an operation whose delivery is `poll` or `callback`. All of it is pure. */
export interface PollHandler<Input, Output, Settings> {
  /** `callbackUrl` is absent where the provider could not reach it: send it wherever the provider takes one. */
  toProviderRequest(given: {
    input: Input;
    images: InputImage[];
    mediaUrls: MediaUrl[];
    settings: Settings;
    callbackUrl?: string;
  }): ProviderRequest;
  /** Must not throw on any body; what it cannot read is `unknown`. */
  fromProviderResponse(given: { response: ProviderResponse; input: Input; settings: Settings }): SubmitOutcome;
  toPollRequest(given: ExternalTask<Settings>): ProviderQuery;
  /** Must not throw on any body; what it cannot read is `unavailable`. */
  fromPollResponse(given: ExternalTask<Settings> & { response: ProviderResponse; input: Input }): PollOutcome;
  /** `details` are those of the succeeded outcome. */
  toOutput(given: { artifacts: ArtifactFacts[]; details: Record<string, unknown> }): Output;
  /** What is wrong with an input that fits the schema and not these settings, a model's limits for instance; said before anything is paid. */
  findInputFault?(given: { input: Input; settings: Settings }): string | undefined;
  /** For providers that can be asked to cancel a task. */
  cancelling?: {
    /**
     * The steps, as `pending` names them, at which the provider is asked: there is a look first. For providers whose way to cancel a
     * waiting task deletes the result of one that has ended. Absent: it is asked at once.
     */
    possibleAt?: readonly string[];
    toCancelRequest(given: ExternalTask<Settings>): ProviderQuery;
    fromCancelResponse(given: { response: ProviderResponse }): CancelOutcome;
  };
  /** For providers that list their tasks, newest first: to find out that a submission was not accepted. */
  listing?: {
    /** `page` counts from 1; `after` is the last task of the page before. Narrow it only by what surely keeps the task in, `since` for instance. */
    toListRequest(given: {
      input: Input;
      settings: Settings;
      since: Date;
      page: number;
      after?: string;
    }): ProviderQuery;
    fromListResponse(given: { response: ProviderResponse }): ListOutcome;
  };
}
