import { proxyActivities, sleep } from '@temporalio/workflow';

interface PollActivities {
  poll(): Promise<void>;
}

const { poll } = proxyActivities<PollActivities>({ startToCloseTimeout: '1 minute', heartbeatTimeout: '1 second' });

/** Fails every workflow task: Temporal tries them again for ever, and the workflow never ends by itself. */
export function throwsOnEveryTask(): Promise<never> {
  throw new TypeError('A mistake in the workflow.');
}

/** Gets as far as to start a poll, which beats for as long as it is let, and fails every task from then on. */
export async function pollsAndThrows(): Promise<never> {
  const polling = poll();
  await Promise.race([polling, sleep('50 milliseconds')]);
  throw new TypeError('A mistake in the workflow.');
}
