import type { Call, OperationLimits } from '@darkroom/contract';
import type { CallsClient, SimulatorControl } from '@darkroom/testing';
import type { ExpectedEnd } from '../expected-end.ts';
import type { Stage } from '../stage.ts';

export type SimulatorPlan = Parameters<SimulatorControl['plan']>[0];

/** One way in which a provider, or what lies between, misbehaves. A new one is an entry in a file of this folder. */
export interface Fault {
  /** What happens, as the table shows it. */
  title: string;
  /** How the simulator plays it, for requests with this prompt or this key. */
  plan?: (request: { prompt: string; apiKey: string }) => SimulatorPlan;
  /** It concerns everything in flight, so it is played alone, and in the first variant only: wire formats do not matter to it. */
  alone?: boolean;
  /** The call is accepted by a `main` with a short deadline. */
  hasty?: boolean;
  /** Only for variants that deliver addresses. */
  addresses?: boolean;
  /** What is done to the world before the call, and what brings it back to order while the call is under way. */
  disturb?: (stage: Stage) => Promise<(call: Call, client: CallsClient) => Promise<void>>;
  expected: (limits: OperationLimits) => ExpectedEnd;
}

/** Keeps the names of the faults for the types of those who refer to them. */
export function faults<const Id extends string>(entries: Record<Id, Fault>): Record<Id, Fault> {
  return entries;
}
