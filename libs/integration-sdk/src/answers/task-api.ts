import type { Billing } from '@darkroom/contract';
import type { z } from 'zod';
import type { ProviderResult } from '../worker/call-handler.ts';
import type { ListOutcome, PollHandler, ProviderQuery } from '../worker/poll-handler.ts';
import type { ErrorMatch, ErrorRule, ErrorRules, ProviderWords } from './error-rules.ts';

/** The files of a task that succeeded. Providers name each in a field of its own, which may be empty: what has no address is left out. */
export type TaskResult = Pick<ProviderResult, 'kind' | 'role'> & {
  url: string | null | undefined;
  headers?: Record<string, string>;
};

/**
 * What a task's own state means. `pending`: also for a state that nobody knows. `failed`: by the table of `errors.task`, or by `rule`
 * where the state alone says why. `unavailable`: it tells too little, and is asked for again.
 */
export type TaskState =
  | { kind: 'pending'; step?: string | undefined; percent?: number | null | undefined }
  | { kind: 'succeeded'; results: TaskResult[]; details?: Record<string, unknown> }
  | { kind: 'failed'; words?: ProviderWords | null | undefined; rule?: ErrorRule }
  | { kind: 'cancelled' }
  | { kind: 'unavailable'; reason: string };

/** What the provider's errors mean. */
export interface TaskErrors {
  /** The answers by which it says that it did not take a submission; whatever has no line does not tell. */
  submission: ErrorRules;
  /** Why a task that it took failed. */
  task: ErrorRules;
  /** A task's failure that no line stands for. */
  otherwise: ErrorRule;
  /** A success without a file. Absent: `provider_response_invalid`. */
  withoutResult?: ErrorRule;
  /** The answers by which it says that it has no such task. */
  notFound: readonly ErrorMatch[];
  /** The variables that a wrong address or key stands in. */
  settings: string;
}

type Handler<Input, Output, Settings> = PollHandler<Input, Output, Settings>;
type Listed = Omit<Extract<ListOutcome, { kind: 'listed' }>, 'kind'>;

/**
 * A provider's tasks in data and pure functions, of which `createTaskHandler` makes the handler of a `poll` or `callback` operation. Schemas
 * read the JSON of an answer; where one does not fit, the answer is not what was asked for.
 */
export interface TaskApi<Input, Output, Settings, Task> extends Pick<
  Handler<Input, Output, Settings>,
  'toProviderRequest' | 'toOutput' | 'findInputFault'
> {
  /** What goes with every question: the key. */
  headers(settings: Settings): Record<string, string>;
  /** Where a task is asked for. */
  taskUrl(given: { externalId: string; settings: Settings }): string;
  /** The answer to a submission, down to the task's id. */
  createdSchema: z.ZodType<string>;
  taskSchema: z.ZodType<Task>;
  /** The provider's own error envelope, down to what it says. An answer that does not fit is somebody else's: a gateway's, for instance. */
  errorSchema: z.ZodType<ProviderWords>;
  errors: TaskErrors;
  fromTask(task: Task, given: { externalId: string; settings: Settings; input: Input }): TaskState;
  /** For providers that cancel tasks; 200 is their yes. */
  cancelling?: {
    /** As for `PollHandler.cancelling`. */
    possibleAt?: readonly string[];
    toQuery(task: { externalId: string; settings: Settings }): Pick<ProviderQuery, 'method' | 'url'>;
    /** What a cancelled task costs. */
    billing: Billing;
    /** The answers by which the provider says that the task goes on, and why it does. */
    notPossible: readonly ErrorMatch[];
    reason: string;
  };
  /** For providers that list their tasks, newest first. */
  listing?: {
    /** As for `PollHandler.listing`: narrow it only by what surely keeps the task in. */
    toListUrl(given: { input: Input; settings: Settings; since: Date; page: number; after?: string }): string;
    schema: z.ZodType<Listed>;
  };
}
