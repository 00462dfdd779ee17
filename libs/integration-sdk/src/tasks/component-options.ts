import { hostname } from 'node:os';
import type { WorkerInterceptors, WorkflowBundleOption } from '@temporalio/worker';
import { defaultTaskQueue } from './temporal-async-task.ts';
import { withDefaults } from './with-defaults.ts';

export interface AsyncTaskComponentOptions {
  /** `host:port` of Temporal. Default: `localhost:7233`. */
  readonly temporalAddress?: string;
  /** Default: `default`. */
  readonly namespace?: string;
  /** The queue of the tasks that have none of their own. Default: `async-tasks`. */
  readonly taskQueue?: string;
  /** Who acts, as Temporal's Web UI shows it; unique among the processes. Default: made of process and host. */
  readonly identity?: string;
  /** Texts that are replaced wherever they stand in the message of a failure. */
  readonly secrets?: readonly string[];
  /** How many steps run at once in this process, for each queue. Default: 100. */
  readonly maxConcurrentSteps?: number;
  /** Interceptors of the Workers, such as for metrics. */
  readonly interceptors?: WorkerInterceptors;
  /** Bundles the workflow, or takes a bundle that is kept. By default it is bundled once in a process, which takes some seconds. */
  readonly bundleWorkflows?: (workflowsPath: string) => Promise<WorkflowBundleOption>;
}

type WithDefault = 'temporalAddress' | 'namespace' | 'taskQueue' | 'identity' | 'secrets' | 'maxConcurrentSteps';

/** The options of a component with their defaults. */
export type ComponentSettings = AsyncTaskComponentOptions & Required<Pick<AsyncTaskComponentOptions, WithDefault>>;

/** The options with their defaults. Throws a RangeError that names what no component can have. */
export function readComponentOptions(given: AsyncTaskComponentOptions): ComponentSettings {
  const defaults = {
    temporalAddress: 'localhost:7233',
    namespace: 'default',
    taskQueue: defaultTaskQueue,
    identity: `${process.pid}@${hostname()}/async-tasks`,
    secrets: [],
    maxConcurrentSteps: 100,
  };
  const settings = withDefaults(defaults, given);
  for (const option of ['temporalAddress', 'namespace', 'taskQueue', 'identity'] as const) {
    if (settings[option].trim() === '') throw new RangeError(`The ${option} of a component must not be empty.`);
  }
  const { maxConcurrentSteps } = settings;
  if (!(Number.isInteger(maxConcurrentSteps) && maxConcurrentSteps > 0)) {
    throw new RangeError('maxConcurrentSteps of a component must be a whole number, 1 or more.');
  }
  return settings;
}
