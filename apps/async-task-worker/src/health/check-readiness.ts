import type { MainClient, StorageHealth } from '@darkroom/integration-sdk/worker';
import type { DependencyState } from '@darkroom/platform-http';
import type { WorkerTasks } from '../tasks/create-worker-tasks.ts';
import type { RunningWorkers } from '../temporal/run-workers.ts';

interface Dependencies {
  workers: () => RunningWorkers | undefined;
  tasks: WorkerTasks;
  storageHealth: StorageHealth;
  main: MainClient;
  stopping: AbortSignal;
}

const noSuchCall = 'readiness';

/** The state of everything that the worker needs, each asked at once. */
export async function checkReadiness({
  workers,
  tasks,
  storageHealth,
  main,
  stopping,
}: Dependencies): Promise<Record<string, DependencyState>> {
  const [temporal, storage, mainApi] = await Promise.all([
    temporalFault(workers(), tasks),
    storageHealth.findFault(),
    faultOf(() => main.getCall(noSuchCall)),
  ]);
  return {
    temporal: toState(temporal),
    storage: toState(storage),
    main: toState(mainApi),
    process: toState(stopping.aborted ? 'stopping' : undefined),
  };
}

async function temporalFault(workers: RunningWorkers | undefined, tasks: WorkerTasks): Promise<string | undefined> {
  if (workers === undefined) return 'not connected yet';
  return (await workers.findFault()) ?? (await tasks.findFault());
}

async function faultOf(ask: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function toState(fault: string | undefined): DependencyState {
  return fault === undefined ? { status: 'up' } : { status: 'down', detail: fault };
}
