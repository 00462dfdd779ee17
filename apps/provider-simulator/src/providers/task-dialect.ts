import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Simulation } from '../simulation.ts';
import type { TaskFailure, TaskOrder, TaskState } from '../tasks/task-record.schema.ts';
import type { BlockAnswer, ProviderAnswer, Refusal } from './image-dialect.ts';

/** One provider's way to take on a task and to tell of it: the request, the states, the results and the errors. */
export interface TaskDialect {
  readonly name: string;
  /** What a client is configured with, below the simulator's origin. */
  readonly basePath: string;
  readonly makes: 'image' | 'video';
  /** Below `basePath`; Fastify's patterns. What is absent, the provider does not have. */
  readonly paths: TaskPaths;
  /** How a task can end badly at this provider. A plan for another end is answered 501. */
  readonly ends: readonly TaskEnding[];
  apiKeyOf(request: FastifyRequest): string | undefined;
  /** Whether the model exists; without it, its name contains one of the simulator's models. */
  knowsModel?(model: string): boolean;
  /** Reads a submission; what the provider would refuse comes back as the refusal. */
  parse(request: FastifyRequest): Promise<ParsedTask> | ParsedTask;
  refuse(refusal: TaskRefusal): ProviderAnswer;
  /** An error with status 200, for the fault `error_in_200`. */
  errorIn200?(): ProviderAnswer;
  /** A prompt that is blocked at the submission, where the provider does that. */
  block?(order: TaskOrder): BlockAnswer;
  newTaskId(order: TaskOrder): string;
  /** The answer to the submission. */
  answerCreated(task: TaskView): ProviderAnswer;
  /** The id in the request of a query, a cancel or a download. */
  taskIdOf(request: FastifyRequest): string | undefined;
  /** The answer to a query; undefined where the provider has no way to say this state (`unknown`). */
  answerTask(task: TaskView): ProviderAnswer | undefined;
  readonly cancelling?: Cancelling;
  /** The answer to a list; `tasks` are all of this key, the newest first: filters and pages are the dialect's. */
  answerList?(request: FastifyRequest, tasks: readonly TaskView[]): ProviderAnswer;
  readonly callbacks?: Callbacks;
  readonly downloads?: Downloads;
  /** Routes that are not about one task: credits, file uploads. */
  registerMore?(scope: FastifyInstance, simulation: Simulation): void;
}

interface TaskPaths {
  /** `POST` */
  readonly submit: readonly string[];
  /** `GET` */
  readonly query: readonly string[];
  /** `GET` */
  readonly list?: readonly string[];
  /** By `cancelling.method`. */
  readonly cancel?: readonly string[];
}

export type TaskEnding = TaskFailure | 'expired' | 'cancelled';

export type ParsedTask =
  | {
      readonly status: 'understood';
      readonly order: TaskOrder;
      /** Images that stay visible in the result. */
      readonly inputs: readonly Buffer[];
      /** What the control API shows of the submission besides: how inputs were fetched. */
      readonly notes?: Readonly<Record<string, unknown>>;
    }
  | { readonly status: 'refused'; readonly refusal: TaskRefusal }
  | { readonly status: 'answered'; readonly outcome: string; readonly answer: ProviderAnswer };

export type TaskRefusal =
  | Refusal
  /** No such task, or one of another key. */
  | { readonly kind: 'not_found'; readonly taskId: string }
  | { readonly kind: 'not_cancellable'; readonly taskId: string; readonly state: TaskState };

/** A task as its provider would tell of it at one moment. */
export interface TaskView {
  readonly id: string;
  readonly order: TaskOrder;
  /** `unknown`: a state that no client has heard of. */
  readonly state: TaskState | 'unknown';
  /** 0 to 100. */
  readonly percent: number;
  readonly createdAt: Date;
  /** When it left the queue. */
  readonly startedAt?: Date;
  /** The last change of its state. */
  readonly updatedAt: Date;
  readonly endedAt?: Date;
  /** Why it failed, where it did. */
  readonly failure?: TaskFailure;
  /** Of a task that succeeded; empty where a plan says `empty_result`. */
  readonly results: readonly ResultView[];
  readonly lastFrame?: ResultView;
  /** What `callbacks.sealOf` made. */
  readonly seal?: string;
}

export interface ResultView {
  /** Absolute: on the shelf, at `downloads.pathOf`, or where a plan says. */
  readonly url: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly durationSeconds?: number | undefined;
  readonly frameRate?: number | undefined;
}

interface Cancelling {
  readonly method: 'DELETE' | 'POST';
  /** What a cancel does in each state: ends the task, deletes its record, or is refused. */
  rule(state: TaskState): 'cancel' | 'delete' | 'refuse';
  answer(task: TaskView): ProviderAnswer;
}

export type Forgery = 'wrong_signature' | 'unsigned' | 'stale_timestamp';

interface Callbacks {
  /** Which states are called back. */
  readonly states: readonly TaskState[];
  /** How often the callback of an end is sent until it is answered with success in time; others are sent once. */
  readonly attempts: number;
  readonly timeoutMs: number;
  /** Which forgeries the provider's signature knows; none where it signs nothing. */
  readonly forgeries: readonly Forgery[];
  /** What signing needs of the API key, computed at the submission since the key is not kept. */
  sealOf?(taskId: string, apiKey: string): string;
  write(task: TaskView, forgery?: Forgery): CallbackRequest;
}

export interface CallbackRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type DownloadPart = 'result' | 'lastFrame';

/** Where results are fetched from the provider itself, with the key. */
interface Downloads {
  /** `GET`, below `basePath`. */
  readonly paths: readonly string[];
  /** The path below `basePath` that results point to; without it, results point to the shelf. */
  pathOf?(taskId: string, part: DownloadPart, index: number): string;
  partOf(request: FastifyRequest): { readonly part: DownloadPart; readonly index: number };
  /** Whether the answer is a redirect to the shelf, in place of the bytes. */
  readonly redirects: boolean;
}

export function understoodTask(
  order: TaskOrder,
  inputs: readonly Buffer[] = [],
  notes?: Readonly<Record<string, unknown>>,
): ParsedTask {
  return { status: 'understood', order, inputs, ...(notes && { notes }) };
}

export function refusedTask(refusal: TaskRefusal): ParsedTask {
  return { status: 'refused', refusal };
}
