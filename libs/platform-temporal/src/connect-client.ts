import { Client, Connection } from '@temporalio/client';

export interface TemporalClient {
  client: Client;
  connection: Connection;
  close(): Promise<void>;
}

/** A client that connects with its first call and again whenever Temporal comes back, so that Temporal may be away at start. */
export function connectClient({
  address,
  namespace,
  identity,
}: {
  address: string;
  namespace: string;
  /** Who acts, as the Web UI shows it. */
  identity: string;
}): TemporalClient {
  const connection = Connection.lazy({ address });
  return { client: new Client({ connection, namespace, identity }), connection, close: () => connection.close() };
}
