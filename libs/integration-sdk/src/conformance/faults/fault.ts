import type { Call } from '@darkroom/contract';
import type { CallsClient, SimulatorControl } from '@darkroom/testing';
import type { Delivery } from '../../definition/define-integration.ts';
import type { ExpectedEnd } from '../expected-end.ts';
import type { OperationTraits } from '../operation-traits.ts';
import type { Stage } from '../stage.ts';

export type SimulatorPlan = Parameters<SimulatorControl['plan']>[0];

/** A call while a fault is played on it. */
export interface Scene {
  stage: Stage;
  traits: OperationTraits;
  call: Call;
  client: CallsClient;
}

/** One way in which a provider, or what lies between, misbehaves. A new one is an entry in a file of this folder. */
export interface Fault {
  /** What happens, as the table shows it. */
  title: string;
  /** The kinds of delivery that it can happen to. Default: all. */
  deliveries?: readonly Delivery[];
  /** Why it cannot happen to an operation. */
  findObstacle?: (traits: OperationTraits) => string | undefined;
  /** How the simulator plays it, for requests with this prompt or this key. */
  plans?: (request: { prompt: string; apiKey: string; traits: OperationTraits }) => SimulatorPlan[];
  /**
   * `alone`: it concerns everything in flight. `kill`: the worker is killed when the call is where `during` brings it. Both are played in
   * the first variant only: wire formats do not matter to them.
   */
  setting?: 'alone' | 'kill';
  /** It is played alone because others would take its plans, not because they would suffer: it is part of every run. */
  isQuick?: boolean;
  /** It leaves no lost task behind, and a list must show that there is none: it is played before all those that do. */
  needsCleanList?: (traits: OperationTraits) => boolean;
  /** The call is accepted by a `main` with a short deadline. */
  hasty?: (traits: OperationTraits) => boolean;
  /** The call is accepted by a `main` that has nobody look for long: only a callback or a refresh finds the end. */
  isUnasked?: boolean;
  /** When a cancel is requested by itself. */
  cancelAfterMs?: number;
  /** What is done to the world before the call. */
  before?: (stage: Stage) => Promise<void>;
  /** What is done while the call is under way. */
  during?: (scene: Scene) => Promise<void>;
  /** Where the worker is killed: whether `main` is away then, so that the report is what is lost. */
  losesReport?: boolean;
  expected: (traits: OperationTraits) => ExpectedEnd;
}

/** How long a task lasts that the play ends itself, in milliseconds. A quarter of it the task waits in the provider's queue. */
export const longTaskMs = 1_200_000;

export const onlyCall = ['call'] as const;
/** The deliveries by a task at the provider. */
export const onlyTasks = ['poll', 'callback'] as const;

/** Keeps the names of the faults for the types of those who refer to them. */
export function faults<const Id extends string>(entries: Record<Id, Fault>): Record<Id, Fault> {
  return entries;
}
