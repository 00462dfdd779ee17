import { connectClient } from '@darkroom/platform-temporal';
import { startStack, type Stack, type TestService } from '@darkroom/testing';
import { Pool } from 'undici';
import { benchAccounts, benchApiKeys } from '../rig/accounts.ts';
import { expectStatus, postJson } from '../rig/json-requests.ts';
import { servicesOf } from '../rig/services-of.ts';
import { startFloor, type Floor } from '../rig/start-floor.ts';
import { readLooks } from './read-looks.ts';
import type { WaitingSettings } from './waiting-settings.ts';
import type { WaitingSide } from './waiting-side.ts';

export interface WaitingRig {
  /** For `explainFault`. */
  readonly services: readonly TestService[];
  readonly ours: WaitingSide;
  readonly floor: WaitingSide;
  stop(): Promise<void>;
}

const integration = 'example';
const operation = 'text-to-image-polled';
// So much of its time a task of the simulator is queued: it has no progress to tell, and its call waits and does nothing else.
const queuedShare = 0.25;
const quietLogs = { LOG_LEVEL: 'warn' };

/** Fresh processes, so that the memory of a worker that waits can be compared with that of one that has nothing to do. */
export async function startWaitingRig(settings: WaitingSettings): Promise<WaitingRig> {
  const { phase, intervalSeconds, waitSeconds } = settings;
  const taskSeconds = waitSeconds / queuedShare;
  const limits = {
    deadlineSeconds: taskSeconds * 2,
    pollFirstSeconds: intervalSeconds,
    pollIntervalSeconds: intervalSeconds,
    pollWindowSeconds: phase === 'in the expected window' ? waitSeconds : intervalSeconds / 1000,
    pollSlowIntervalSeconds: intervalSeconds,
  };
  const stack = await startStack({
    postgres: { durable: true },
    denyList: '',
    mainEnvironment: {
      ...quietLogs,
      API_KEYS: benchApiKeys,
      OPERATION_LIMITS: JSON.stringify({ [`${integration}/${operation}`]: limits }),
    },
    // The cap must allow what the interval asks for: what is measured is waiting, not the cap.
    workerEnvironment: { ...quietLogs, POLLS_PER_SECOND: '1000' },
  });
  try {
    await stack.control.plan({ match: 'waiting', latencyMs: 0, taskMs: taskSeconds * 1000 });
    const floor = await startFloor(stack);
    return assemble({ stack, floor, settings });
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

function assemble({ stack, floor, settings }: { stack: Stack; floor: Floor; settings: WaitingSettings }): WaitingRig {
  const { middleware, main, workers, simulator } = stack;
  const [worker] = workers;
  if (worker === undefined) throw new Error('The stack was started without a worker.');
  const { address, namespace } = middleware.temporal;
  const engine = connectClient({ address, namespace, identity: 'bench-waiting' });
  const pools = { ours: new Pool(main.url, { connections: 16 }), floor: new Pool(floor.api.url, { connections: 16 }) };
  const shared = {
    Temporal: middleware.temporal.processId(),
    PostgreSQL: middleware.postgres.processId(),
    simulator: simulator.service.pid,
  };
  const side = (name: 'ours' | 'floor', workerPid: number, more: Record<string, number>) => ({
    engine: engine.client,
    workerPid,
    processes: { worker: workerPid, ...more, ...shared },
    looks: () => readLooks(simulator.url, promptOf(name, '')),
  });

  return {
    services: servicesOf(stack, floor),
    ours: {
      ...side('ours', worker.service.pid, { API: main.service.pid }),
      workflowType: 'exampleTaskWorkflow',
      async begin(index) {
        const account = benchAccounts[index % benchAccounts.length];
        const headers = { authorization: `Bearer ${account?.apiKey ?? ''}` };
        const body = { integration, operation, input: { prompt: promptOf('ours', index) } };
        expectStatus(await postJson(pools.ours, '/v1/calls', { headers, body }), 202);
      },
    },
    floor: {
      ...side('floor', floor.worker.pid, { API: floor.api.pid }),
      workflowType: 'bareWaitingWorkflow',
      async begin(index) {
        const body = { prompt: promptOf('floor', index), intervalSeconds: settings.intervalSeconds };
        expectStatus(await postJson(pools.floor, '/waits', { headers: {}, body }), 202);
      },
    },
    async stop() {
      await Promise.all([pools.ours.destroy(), pools.floor.destroy(), engine.close()]);
      await floor.stop();
      await stack.stop();
    },
  };
}

function promptOf(side: 'ours' | 'floor', index: number | ''): string {
  return `waiting, ${side}, call ${index}`;
}
