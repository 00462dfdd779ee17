import type { BenchOptions, BenchPart } from './bench-options.ts';
import { describeMachine } from './machine/describe-machine.ts';
import { checkSameWork } from './measurements/check-same-work.ts';
import { measureAccepting } from './measurements/measure-accepting.ts';
import { measureAcceptingAtWork } from './measurements/measure-accepting-at-work.ts';
import { measureBatches } from './measurements/measure-batches.ts';
import { measureEndToEnd } from './measurements/measure-end-to-end.ts';
import { measureMemory } from './measurements/measure-memory.ts';
import { measurePolls } from './measurements/measure-polls.ts';
import { measurePush } from './measurements/measure-push.ts';
import { measureTaskSteps } from './measurements/measure-task-steps.ts';
import { measureThroughput } from './measurements/measure-throughput.ts';
import { measureWebhooks } from './measurements/measure-webhooks.ts';
import type { MeasurementContext } from './measurements/measurement-context.ts';
import type { BenchResult } from './report/bench-result.ts';
import type { ComparisonGroup } from './report/comparison.ts';
import { describeSettings } from './report/describe-settings.ts';
import { renderGroup } from './report/render-report.ts';
import { explainFault } from './rig/explain-fault.ts';
import { startRig } from './rig/start-rig.ts';
import { measureWaiting } from './waiting/measure-waiting.ts';

type Measure = (context: MeasurementContext) => Promise<ComparisonGroup>;

/** Waiting is measured by itself: with fresh processes. */
const measurements: Record<Exclude<BenchPart, 'waiting'>, readonly Measure[]> = {
  accept: [measureAccepting, measureAcceptingAtWork],
  'end-to-end': [measureEndToEnd],
  throughput: [measureThroughput],
  polls: [measurePolls],
  tasks: [measureTaskSteps],
  batches: [measureBatches],
  webhooks: [measureWebhooks],
  push: [measurePush],
};

export interface RunOptions extends BenchOptions {
  readonly report: (message: string) => void;
  /** Ends the run early; all processes are stopped all the same. */
  readonly signal: AbortSignal;
}

/** Starts both sides, measures them in turn, and stops them. */
export async function runBenchmarks({ parts, rounds, length, report, signal }: RunOptions): Promise<BenchResult> {
  report('starting PostgreSQL, Temporal, the object store, the simulator, main, the worker and the floor');
  const result = await measureTogether({ parts, rounds, length, report, signal });
  if (!parts.includes('waiting')) return result;
  return { ...result, groups: [...result.groups, ...(await measureWaiting({ length, report, signal }))] };
}

async function measureTogether({ parts, rounds, length, report, signal }: RunOptions): Promise<BenchResult> {
  const rig = await startRig();
  try {
    const machine = await describeMachine(rig.stack);
    const { imageBytes } = await checkSameWork(rig);
    const context = { rig, length, rounds: { rounds, report, signal } };
    const groups: ComparisonGroup[] = [];
    const measures = parts.flatMap((part) => (part === 'waiting' ? [] : measurements[part]));
    for (const measure of measures) {
      const group = await measure(context);
      // What was measured is not lost where a later part fails.
      report(renderGroup(group));
      groups.push(group);
    }
    return { machine, settings: describeSettings({ rounds, length, imageBytes }), groups, memory: measureMemory(rig) };
  } catch (error) {
    throw explainFault(error, rig.services);
  } finally {
    await rig.stop();
  }
}
