import { expect } from '@jest/globals';
import type { Call } from '@darkroom/contract';
import type { Stack } from '@darkroom/testing';

/** [P2] What the simulator was paid for is what the call says of its submissions. `prompt` names the call's requests. */
export async function expectPaidAsSaid(stack: Stack, call: Call, prompt: string): Promise<void> {
  const { accepted } = await stack.control.submissions(prompt);
  expect(accepted).toBeGreaterThanOrEqual(call.submissions.accepted);
  expect(accepted).toBeLessThanOrEqual(call.submissions.accepted + call.submissions.unknown);
}
