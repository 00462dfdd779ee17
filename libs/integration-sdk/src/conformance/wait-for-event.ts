import type { Call, CallEventType } from '@darkroom/contract';
import type { CallsClient } from '@darkroom/testing';
import type { Stage } from './stage.ts';
import { waitUntil } from './wait-until.ts';

export async function waitForEvent(client: CallsClient, callId: string, type: CallEventType): Promise<void> {
  await waitUntil(`the event ${type}`, async () => (await client.events(callId)).some((event) => event.type === type));
}

/** Waits until the simulator has counted a submission of the call: the provider is at work then. */
export async function waitUntilPaid({ stack }: Stage, { input }: Call): Promise<void> {
  const prompt = String(input['prompt']);
  await waitUntil('a paid submission', async () => (await stack.control.submissions(prompt)).accepted > 0);
}
