import { NativeConnection } from '@temporalio/worker';

/** The connection that all Workers of a process share. Fails where Temporal does not answer: the caller decides to wait. */
export function connectWorker({ address }: { address: string }): Promise<NativeConnection> {
  return NativeConnection.connect({ address });
}
