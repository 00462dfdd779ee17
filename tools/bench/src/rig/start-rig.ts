import { startStack, type Stack, type TestService } from '@darkroom/testing';
import { benchApiKeys } from './accounts.ts';
import { createDarkroomTarget } from './darkroom-target.ts';
import type { CallTarget } from './call-target.ts';
import { createFloorTarget } from './floor-target.ts';
import { servicesOf } from './services-of.ts';
import { startFloor, type Floor } from './start-floor.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

/** Everything that is measured, running: both sides on one PostgreSQL, one Temporal, one S3 and one simulator. */
export interface Rig {
  readonly stack: Stack;
  readonly floor: Floor;
  readonly darkroom: CallTarget;
  readonly floorInserts: CallTarget;
  readonly floorWorkflows: CallTarget;
  /** In the process of the load generator. */
  readonly receiver: WebhookReceiver;
  /** The processes that work for a side, by name; the load generator is none of them. */
  readonly processes: Readonly<Record<'ours' | 'floor', Readonly<Record<string, number>>>>;
  /** For `explainFault`. */
  readonly services: readonly TestService[];
  stop(): Promise<void>;
}

const quietLogs = { LOG_LEVEL: 'warn' };

export async function startRig(): Promise<Rig> {
  const receiver = await startWebhookReceiver();
  const stack = await startStack({
    allowOrigins: [receiver.origin],
    postgres: { durable: true },
    mainEnvironment: { ...quietLogs, API_KEYS: benchApiKeys },
    workerEnvironment: quietLogs,
  }).catch(async (error: unknown) => {
    await receiver.stop();
    throw error;
  });
  try {
    await stack.control.plan({ match: 'bench', fixedImage: true, latencyMs: 0 });
    const floor = await startFloor(stack);
    return assemble({ stack, floor, receiver });
  } catch (error) {
    await receiver.stop();
    await stack.stop();
    throw error;
  }
}

function assemble({ stack, floor, receiver }: Pick<Rig, 'stack' | 'floor' | 'receiver'>): Rig {
  const targets = {
    darkroom: createDarkroomTarget(stack.main.url),
    floorInserts: createFloorTarget(floor.api.url, '/inserts'),
    floorWorkflows: createFloorTarget(floor.api.url, '/workflows'),
  };
  return {
    stack,
    floor,
    receiver,
    ...targets,
    processes: processesOf(stack, floor),
    services: servicesOf(stack, floor),
    stop: async () => {
      await Promise.all(Object.values(targets).map((target) => target.close()));
      await floor.stop();
      await stack.stop();
      await receiver.stop();
    },
  };
}

function processesOf({ main, workers, simulator, middleware }: Stack, floor: Floor): Rig['processes'] {
  const shared = {
    Temporal: middleware.temporal.processId(),
    PostgreSQL: middleware.postgres.processId(),
    'object store': middleware.objectStore.processId(),
    simulator: simulator.service.pid,
  };
  const [worker] = workers;
  if (worker === undefined) throw new Error('The stack was started without a worker.');
  return {
    ours: { API: main.service.pid, worker: worker.service.pid, ...shared },
    floor: { API: floor.api.pid, worker: floor.worker.pid, ...shared },
  };
}
