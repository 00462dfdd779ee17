import type { CollectedIntegration } from '../integrations/collect-integrations.ts';

/** Two Workers on one queue would take each other's tasks: refused before any of them starts. */
export function refuseSharedQueues(
  integrations: readonly Pick<CollectedIntegration, 'packageName' | 'taskQueue'>[],
): void {
  const owners = new Map<string, string>();
  for (const { packageName, taskQueue } of integrations) {
    const owner = owners.get(taskQueue);
    if (owner !== undefined) {
      throw new Error(
        `${owner} and ${packageName} have the same task queue "${taskQueue}": give one of them another taskQueue.`,
      );
    }
    owners.set(taskQueue, packageName);
  }
}
