import { AsyncTaskComponent } from '@darkroom/integration-sdk/tasks';
import type { Client } from '@temporalio/client';
import { floorTaskQueue } from '../floor/task-queue.ts';
import { runInFlight } from '../load/run-in-flight.ts';
import type { ComparisonGroup } from '../report/comparison.ts';
import { cpuMillisecondsOf } from '../rig/cpu-seconds.ts';
import { alternateRounds } from '../rounds/alternate-rounds.ts';
import { percentile } from '../statistics/percentile.ts';
import { startTaskHost } from '../tasks/start-task-host.ts';
import { stepCount, tenSteps } from '../tasks/ten-steps.ts';
import type { MeasurementContext } from './measurement-context.ts';

/** How the steps of tasks are measured; the report prints it. */
export const taskSettings = {
  // A shorter run would otherwise be held up by the tasks that are under way at its end.
  inFlight: (length: number) => Math.max(2, Math.round(16 * Math.min(1, length))),
  seconds: 12,
};

const start = 5;

/** As many steps a second as ten-step tasks make, beside ten activities of a workflow that nothing else is done for. */
export async function measureTaskSteps({ rig, rounds, length }: MeasurementContext): Promise<ComparisonGroup> {
  const { address, namespace } = rig.stack.middleware.temporal;
  const inFlight = taskSettings.inFlight(length);
  const host = await startTaskHost(rig.stack);
  const component = new AsyncTaskComponent({ temporalAddress: address, namespace });
  component.register(tenSteps);
  await component.connect();
  try {
    const client = component.getClient();
    const measure = (complete: () => Promise<unknown>, worker: number) => async () => {
      const processes = { worker, Temporal: rig.stack.middleware.temporal.processId() };
      const before = cpuMillisecondsOf(processes);
      const load = { inFlight, seconds: taskSettings.seconds * length, signal: rounds.signal };
      const { latenciesMs, elapsedSeconds } = await runInFlight(load, async () => checkSum(await complete()));
      const steps = latenciesMs.length * stepCount;
      return {
        perSecond: steps / elapsedSeconds,
        cpuMs: (cpuMillisecondsOf(processes) - before) / steps,
        p50: percentile(latenciesMs, 50),
      };
    };
    const sides = {
      ours: measure(() => completeTask(client), host.pid),
      floor: measure(() => completeBareWorkflow(client), rig.floor.worker.pid),
    };
    const results = await alternateRounds('steps of tasks', sides, rounds);
    const of = (figure: 'perSecond' | 'cpuMs' | 'p50') => ({
      ours: results.ours.map((round) => round[figure]),
      floor: results.floor.map((round) => round[figure]),
    });
    return {
      title: `Steps of asynchronous tasks, ${inFlight} ten-step tasks in flight`,
      floor:
        'a bare workflow that calls ten activities one after another, on the same server, started and awaited alike',
      comparisons: [
        { title: 'steps', unit: '/s', better: 'higher', ...of('perSecond') },
        { title: 'CPU per step, its worker and Temporal', unit: 'ms', better: 'lower', ...of('cpuMs') },
        { title: 'a task from its submission to its result, p50', unit: 'ms', better: 'lower', ...of('p50') },
      ],
    };
  } finally {
    await component.stop();
    await host.stop();
  }
}

async function completeTask(client: Client): Promise<unknown> {
  return client.workflow.getHandle(await tenSteps.submit({ value: start })).result();
}

function completeBareWorkflow(client: Client): Promise<unknown> {
  const workflowId = `bare-steps-${crypto.randomUUID()}`;
  return client.workflow.execute('bareStepsWorkflow', {
    taskQueue: floorTaskQueue,
    workflowId,
    args: [{ value: start, steps: stepCount }],
  });
}

/** Both sides must have done all of it. */
function checkSum(result: unknown): void {
  const expected = start + (stepCount * (stepCount + 1)) / 2;
  const { sum } = result as { sum: number };
  if (sum !== expected) throw new Error(`Ten steps came to ${sum}, not to ${expected}.`);
}
