import type { Call, CallEvent } from '@darkroom/contract';
import type { Fault } from './faults/index.ts';
import type { Stage } from './stage.ts';

/** What came of a call while a fault was played. */
export interface PlayedFault {
  call: Call;
  events: CallEvent[];
  /** What the provider charged for. */
  paid: number;
}

const endTimeoutSeconds = 110;

/** Makes one call under a fault and waits for its end. */
export async function playFault(stage: Stage, fault: Fault, input: Record<string, unknown>): Promise<PlayedFault> {
  const { stack, apiKey, definition, operationName } = stage;
  const client = fault.hasty ? stage.hasty : stack;
  const prompt = `${fault.title} [${crypto.randomUUID()}]`;
  if (fault.plan) await stack.control.plan(fault.plan({ prompt, apiKey }));
  const putInOrder = await fault.disturb?.(stage);

  const accepted = await client.submit({ prompt, integration: definition.name, operation: operationName, input });
  await putInOrder?.(accepted, client);
  const call = await client.waitForEnd(accepted.id, endTimeoutSeconds);
  const { accepted: paid } = await stack.control.submissions(prompt);
  return { call, events: await client.events(call.id), paid };
}
