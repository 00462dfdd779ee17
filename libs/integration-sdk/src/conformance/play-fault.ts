import type { Call, CallEvent } from '@darkroom/contract';
import type { CallsClient, SimulatorSubmission } from '@darkroom/testing';
import type { ExpectedEnd } from './expected-end.ts';
import type { FaultId } from './faults/index.ts';
import type { Fault } from './faults/fault.ts';
import type { OperationTraits } from './operation-traits.ts';
import type { Stage } from './stage.ts';
import { waitUntil } from './wait-until.ts';

/** One fault that is to be played on one operation. */
export interface Play {
  id: FaultId;
  fault: Fault;
  operation: string;
  input: Record<string, unknown>;
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

const endTimeoutSeconds = 200;

/** Makes one call under a fault and waits for its end. `interrupt` is what happens to everything when the call is where it should be. */
export async function playFault(
  stage: Stage,
  play: Play,
  interrupt?: (call: Call) => Promise<void>,
): Promise<PlayedFault> {
  const { fault, traits, operation, input, expected } = play;
  const { stack, apiKey, definition } = stage;
  const { control } = stack;
  const client = fault.hasty?.(traits) ? stage.hasty : stack;
  const prompt = `${fault.title} [${crypto.randomUUID()}]`;
  for (const plan of fault.plans?.({ prompt, apiKey, traits }) ?? []) await control.plan(plan);
  await fault.before?.(stage);

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

/** Answers whether the provider never does such a thing: then there may be no end for long. */
async function waitForEnd(
  { stack }: Stage,
  { client, callId, prompt }: { client: CallsClient; callId: string; prompt: string },
): Promise<boolean> {
  const isUnplayable = async () => {
    const { items } = await stack.control.submissions(prompt);
    return items.some(({ outcome, hasUnplayablePlan }) => outcome === 'unplayable' || hasUnplayablePlan === true);
  };
  const ended = client.waitForEnd(callId, endTimeoutSeconds);
  const told = new Promise<void>((resolve) => {
    const timer = setInterval(
      () =>
        void isUnplayable().then(
          (is) => is && resolve(),
          () => undefined,
        ),
      1_000,
    );
    void ended.finally(() => clearInterval(timer)).catch(() => undefined);
    void ended.catch(() => undefined);
  });
  await Promise.race([ended, told]);
  return isUnplayable();
}

/** What comes after the end must change nothing: it is waited for. */
async function waitForCallbacks({ stack }: Stage, prompt: string): Promise<void> {
  await waitUntil('a callback', async () => {
    const { items } = await stack.control.submissions(prompt);
    return items.some(({ outcome, callbacks = [] }) => outcome === 'unplayable' || callbacks.length > 0);
  });
}
