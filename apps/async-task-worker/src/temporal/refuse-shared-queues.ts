/** Two Workers on one queue would take each other's tasks: refused before any of them starts. */
export function refuseSharedQueues(
  integrations: readonly { packageName: string; taskQueue: string }[],
  asyncTasks: readonly { taskQueue: string }[] = [],
): void {
  const owners = new Map<string, string>();
  const claim = (owner: string, taskQueue: string) => {
    const other = owners.get(taskQueue);
    if (other !== undefined) {
      throw new Error(
        `${other} and ${owner} have the same task queue "${taskQueue}": give one of them another taskQueue.`,
      );
    }
    owners.set(taskQueue, owner);
  };
  for (const { packageName, taskQueue } of integrations) claim(packageName, taskQueue);
  // Tasks share queues among themselves: they have one Worker for each.
  for (const taskQueue of new Set(asyncTasks.map((task) => task.taskQueue))) claim('the asynchronous tasks', taskQueue);
}
