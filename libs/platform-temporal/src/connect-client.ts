import { Client, Connection } from '@temporalio/client';

export interface TemporalClient {
  client: Client;
  connection: Connection;
  close(): Promise<void>;
}

/** gRPC's default is two minutes: too long for calls that wait for Temporal to come back. */
const longestReconnectPauseMs = 2_000;

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
  const connection = Connection.lazy({
    address,
    channelArgs: { 'grpc.max_reconnect_backoff_ms': longestReconnectPauseMs },
  });
  return { client: new Client({ connection, namespace, identity }), connection, close: () => connection.close() };
}
