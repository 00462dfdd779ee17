import type { OperationLimits } from '@darkroom/contract';
import type { z } from 'zod';

/** One setting of an integration: required, without a default, read by the worker from one environment variable. */
export interface IntegrationSetting {
  /** The variable's name, for instance `NANOBANANA2_EXTERNAL_API_KEY`. */
  variable: string;
  schema: z.ZodType<unknown, string | undefined>;
  description: string;
  example: string;
  /** A secret is never printed and is removed from errors and logs. */
  secret?: boolean;
}
export type IntegrationSettings = Record<string, IntegrationSetting>;

/** The settings as an integration's worker side gets them: parsed, under the names that the definition gave them. */
export type SettingsOf<Settings extends IntegrationSettings> = {
  [Name in keyof Settings]: z.output<Settings[Name]['schema']>;
};

/** How the provider delivers: `call` is one slow request whose answer holds the result. */
export type Delivery = 'call';

/** One thing that an integration can do. */
export interface OperationDefinition<Input = Record<string, unknown>, Output = Record<string, unknown>> {
  title: string;
  description: string;
  delivery: Delivery;
  /** Strict, with a description for every field: it becomes the JSON Schema that users see. */
  input: z.ZodType<Input, unknown>;
  output: z.ZodType<Output, unknown>;
  /** Input fields that hold an image URL or a list of them. The worker fetches them before anything is paid. */
  imageFields: readonly string[];
  limits: OperationLimits;
  /** The workflow that runs the operation: an export of the package's `./workflows` door. */
  workflow: string;
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
  operations: Record<string, OperationDefinition>;
}

/** Types an operation's handler by its schemas. */
export function defineOperation<Input extends Record<string, unknown>, Output extends Record<string, unknown>>(
  operation: OperationDefinition<Input, Output>,
): OperationDefinition<Input, Output> {
  return operation;
}

/** Declares an integration. The queue is `<name>-tasks` unless the definition names one. */
export function defineIntegration<
  Settings extends IntegrationSettings,
  // The operations keep their own input and output types, so that the worker side can be typed by them.
  Operations extends Record<string, OperationDefinition>,
>(
  definition: Omit<IntegrationDefinition<Settings>, 'taskQueue' | 'operations'> & {
    taskQueue?: string;
    operations: Operations;
  },
): Omit<IntegrationDefinition<Settings>, 'operations'> & { operations: Operations } {
  return { ...definition, taskQueue: definition.taskQueue ?? `${definition.name}-tasks` };
}
