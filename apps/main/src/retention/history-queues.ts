import type { DeclaredTasks } from '../tasks/declared-tasks.ts';

interface Queues {
  /** By what calls are started with. */
  operations: ReadonlyMap<string, { taskQueue: string }>;
  tasks: Pick<DeclaredTasks, 'taskQueues'>;
  /** Of the asynchronous tasks that no definition declares. */
  asyncTasks: string;
  /** Of Darkroom's own workflows. */
  platform: string;
}

/** The queues whose workflows are this deployment's, each once: retention touches no others of the namespace. */
export function historyQueues({ operations, tasks, asyncTasks, platform }: Queues): string[] {
  const ofCalls = [...operations.values()].map(({ taskQueue }) => taskQueue);
  return [...new Set([...ofCalls, ...tasks.taskQueues, asyncTasks, platform])];
}
