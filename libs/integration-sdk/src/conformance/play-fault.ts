import { type Call, type CallEvent, isTerminal } from '@darkroom/contract';
import type { CallsClient, SimulatorSubmission } from '@darkroom/testing';
import type { ExpectedEnd } from './expected-end.ts';
import type { FaultId } from './faults/index.ts';
import type { Fault } from './faults/fault.ts';
import type { ConformanceOperation } from './conformance-options.ts';
import type { OperationTraits } from './operation-traits.ts';
import type { Stage } from './stage.ts';
import { waitUntil } from './wait-until.ts';

/** One fault that is to be played on one operation. */
export interface Play {
  id: FaultId;
  fault: Fault;
  operation: string;
  input: NonNullable<ConformanceOperation['input']>;
  traits: OperationTraits;
  expected: ExpectedEnd;
}

/** What came of a call while a fault was played. */
export interface PlayedFault {
  call: Call;
  events: CallEvent[];
  /** What the provider charged for. */
  paid: number;
  /** What the simulator saw. */
  submissions: readonly SimulatorSubmission[];
  /** Whether the provider never does such a thing, so that nothing was played. */
  isUnplayable: boolean;
}

const endWait = { limitMs: 200_000, intervalMs: 500 };

/** Makes one call under a fault and waits for its end. `interrupt` is what happens to everything when the call is where it should be. */
export async function playFault(
  stage: Stage,
  play: Play,
  interrupt?: (call: Call) => Promise<void>,
): Promise<PlayedFault> {
  const { fault, traits, operation, expected } = play;
  const { stack, apiKey, definition } = stage;
  const { control } = stack;
  const client = clientOf(stage, play);
  const prompt = `${fault.title} [${crypto.randomUUID()}]`;
  for (const plan of fault.plans?.({ prompt, apiKey, traits }) ?? []) await control.plan(plan);
  await fault.before?.(stage);

  const input = typeof play.input === 'function' ? play.input(await stage.bringPicture()) : play.input;
  const cancelAfter = fault.cancelAfterMs && {
    cancelAfter: new Date(Date.now() + fault.cancelAfterMs).toISOString(),
  };
  const accepted = await client.submit({ prompt, integration: definition.name, operation, input, ...cancelAfter });
  await fault.during?.({ stage, traits, call: accepted, client });
  await interrupt?.(accepted);
  const isUnplayable = await waitForEnd(stage, { client, callId: accepted.id, prompt });
  if (!isUnplayable && typeof expected.callbacks === 'number') await waitForCallbacks(stage, prompt);

  const call = await client.call(accepted.id);
  const { accepted: paid, items: submissions } = await control.submissions(prompt);
  return { call, events: await client.events(call.id), paid, submissions, isUnplayable };
}

function clientOf(stage: Stage, { fault, traits }: Play): CallsClient {
  if (fault.isUnasked === true) return stage.patient;
  return fault.hasty?.(traits) ? stage.hasty : stage.stack;
}

/** Answers whether the provider never does such a thing: then there may be no end for long. */
async function waitForEnd(
  { stack }: Stage,
  { client, callId, prompt }: { client: CallsClient; callId: string; prompt: string },
): Promise<boolean> {
  let isUnplayable = false;
  const isOver = async () => {
    const { items } = await stack.control.submissions(prompt);
    isUnplayable = items.some(
      ({ outcome, hasUnplayablePlan }) => outcome === 'unplayable' || hasUnplayablePlan === true,
    );
    // Where `main` is just being restarted, this waits for its answer.
    const { status } = await client.waitFor(callId, () => true);
    return isUnplayable || isTerminal(status);
  };
  await waitUntil(`the end of the call ${callId}`, isOver, endWait);
  return isUnplayable;
}

/** What comes after the end must change nothing: it is waited for. */
async function waitForCallbacks({ stack }: Stage, prompt: string): Promise<void> {
  await waitUntil('the last callback', async () => {
    const { items } = await stack.control.submissions(prompt);
    return items.every(({ isCallingBack }) => isCallingBack !== true);
  });
}
