import type { OperationLimits } from '@darkroom/contract';
import type { z } from 'zod';
import type { TaskDefinition } from './define-task.ts';
import type { ImageRequestMapping, VideoRequestMapping } from '../requests/request-mapping.ts';

/** One setting of an integration: required, without a default, read by the worker from one environment variable. */
export interface IntegrationSetting {
  /** The variable's name, for instance `NANOBANANA2_EXTERNAL_API_KEY`. */
  variable: string;
  schema: z.ZodType<unknown, string | undefined>;
  description: string;
  example: string;
  /** A secret is never printed and is removed from errors and logs. */
  secret?: boolean;
  /** Without it the integration works all the same; its schema takes `undefined`. Everything else is required. */
  optional?: boolean;
}
export type IntegrationSettings = Record<string, IntegrationSetting>;

/** The settings as an integration's worker side gets them: parsed, under the names that the definition gave them. */
export type SettingsOf<Settings extends IntegrationSettings> = {
  [Name in keyof Settings]: z.output<Settings[Name]['schema']>;
};

/**
 * How the provider delivers. `call`: one slow request whose answer holds the result. `poll`: it gives an id, and is asked until there
 * is a result. `callback`: the same, and the provider calls back when there is one; polling is the safety net.
 */
export type Delivery = 'call' | 'poll' | 'callback';

/** An input field that holds media references (`mediaReferenceSchema`), one or a list of them. */
export interface MediaField {
  kind: 'image' | 'video';
  /**
   * `inline`: the worker fetches the bytes before anything is paid and hands them to `toProviderRequest`. `url`: the provider fetches
   * by itself; an upload becomes a signed, short-lived address, which needs a PUBLIC_BASE_URL that the provider can reach.
   */
  sentAs: 'inline' | 'url';
  /** Held before anything is paid, where the bytes are known: `inline`. */
  limits?: MediaLimits;
}

/** What the provider takes of a file, by its document; what is absent is not limited. */
export interface MediaLimits {
  /** Of PNG, JPEG, WebP, GIF and AVIF, or of MP4, QuickTime and WebM: `image/png`. */
  contentTypes?: readonly string[];
  maxBytes?: number;
  /** Pixels of the shorter side. */
  minSide?: number;
  /** Pixels of the longer side. */
  maxSide?: number;
  /** Width divided by height. */
  minRatio?: number;
  maxRatio?: number;
}

/** One thing that an integration can do. */
export interface OperationDefinition<
  Input = Record<string, unknown>,
  Output = Record<string, unknown>,
  OperationDelivery extends Delivery = Delivery,
> {
  title: string;
  description: string;
  delivery: OperationDelivery;
  /** Strict, with a description for every field: it becomes the JSON Schema that users see. */
  input: z.ZodType<Input, unknown>;
  output: z.ZodType<Output, unknown>;
  mediaFields: Readonly<Record<string, MediaField>>;
  limits: OperationLimits;
  /** The workflow that runs the operation: an export of the package's `./workflows` door. */
  workflow: string;
  /**
   * How it takes provider-neutral requests (`takeImageRequests`, `takeVideoRequests`). Without it, `POST /v1/requests` cannot be made
   * of this operation.
   */
  fromRequest?: ImageRequestMapping | VideoRequestMapping;
}

/** What `main` makes of a callback whose token was right. `isFinal: false`: the task goes on, nobody needs to look. */
export type CallbackReading =
  { kind: 'accepted'; externalId?: string; isFinal: boolean } | { kind: 'refused'; status: 400 | 401; reason: string };

/** How `main` receives an integration's callbacks. Pure; the body is never trusted beyond the hint to look. */
export interface CallbackDefinition {
  /** What `main` reads to verify callbacks: every setting is optional. */
  settings: IntegrationSettings;
  read(given: {
    headers: Readonly<Record<string, string>>;
    /** The body as JSON; undefined where it is none. */
    body: unknown;
    settings: Readonly<Record<string, unknown>>;
    now: Date;
  }): CallbackReading;
  /** What the provider's document asks for as the answer to a callback, with status 200. */
  answer: unknown;
}

/** What `main` and the worker know of an integration without running any of it. */
export interface IntegrationDefinition<Settings extends IntegrationSettings = IntegrationSettings> {
  name: string;
  title: string;
  description: string;
  /** The Temporal task queue of its own. */
  taskQueue: string;
  settings: Settings;
  /**
   * The settings that point at the provider simulator, given its base URL. Used with `MOCK_EXTERNAL_APIS=true`. `chosen` holds
   * what the environment says, by setting name, so that one setting (a dialect) can decide another (the address).
   */
  simulatorSettings: (
    simulatorUrl: string,
    chosen: Readonly<Record<string, string | undefined>>,
  ) => Record<keyof Settings, string>;
  /** For operations whose submissions carry a callback address, whatever their delivery. */
  callback?: CallbackDefinition;
  /** The most looks at the provider in a second, for one set of credentials in one worker process. Default 20. */
  pollsPerSecond?: number;
  operations: Record<string, OperationDefinition>;
  /** The asynchronous tasks that accounts may submit, by name: unique among all integrations. Empty where there are none. */
  tasks: Record<string, TaskDefinition>;
}

/** Types an operation's handler by its schemas. */
export function defineOperation<
  Input extends Record<string, unknown>,
  Output extends Record<string, unknown>,
  const OperationDelivery extends Delivery,
>(
  operation: OperationDefinition<Input, Output, OperationDelivery>,
): OperationDefinition<Input, Output, OperationDelivery> {
  return operation;
}

/** Declares an integration. The queue is `<name>-tasks` unless the definition names one; it has no tasks unless the definition declares some. */
export function defineIntegration<
  Settings extends IntegrationSettings,
  // The operations keep their own input and output types, so that the worker side can be typed by them.
  Operations extends Record<string, OperationDefinition>,
  Tasks extends Record<string, TaskDefinition> = Record<never, TaskDefinition>,
>({
  taskQueue,
  tasks,
  ...definition
}: Omit<IntegrationDefinition<Settings>, 'taskQueue' | 'operations' | 'tasks'> & {
  taskQueue?: string;
  operations: Operations;
  tasks?: Tasks;
}): Omit<IntegrationDefinition<Settings>, 'operations' | 'tasks'> & { operations: Operations; tasks: Tasks } {
  return {
    ...definition,
    taskQueue: taskQueue ?? `${definition.name}-tasks`,
    // Without any, they are what the type is by default.
    tasks: tasks ?? ({} as Tasks),
  };
}
