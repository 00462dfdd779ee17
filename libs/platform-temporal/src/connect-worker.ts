import type { NativeConnection } from '@temporalio/worker';

/** The connection that all Workers of a process share. Fails where Temporal does not answer: the caller decides to wait. */
export async function connectWorker({ address }: { address: string }): Promise<NativeConnection> {
  // Only here, so that a process that runs no Worker does not load one, and the bundler that comes with it.
  const { NativeConnection } = await import('@temporalio/worker');
  return NativeConnection.connect({ address });
}
