import { connect, type ClientHttp2Session } from 'node:http2';

/**
 * Asks a Temporal server about a namespace and resolves when it answers that it has it. The one gRPC call is made by
 * hand, so that bringing a server up does not need Temporal's client.
 */
export async function describeNamespace(address: string, namespace: string): Promise<void> {
  const session = connect(`http://${address}`);
  try {
    await callDescribeNamespace(session, namespace);
  } finally {
    session.destroy();
  }
}

function callDescribeNamespace(session: ClientHttp2Session, namespace: string): Promise<void> {
  return new Promise((resolve, reject) => {
    session.once('error', reject);
    session.setTimeout(3000, () => reject(new Error('Temporal did not answer within 3 s')));
    const stream = session.request({
      ':method': 'POST',
      ':path': '/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const settle = (headers: NodeJS.Dict<string | string[] | number>) => {
      const status = headers['grpc-status'];
      if (status === undefined) return;
      if (status === '0') resolve();
      else reject(new Error(`Temporal answered gRPC status ${status}: ${String(headers['grpc-message'] ?? '')}`));
    };
    stream.once('error', reject);
    stream.once('response', settle);
    stream.once('trailers', settle);
    // A connection that is closed in good order is no error to HTTP/2. The server closes one by itself while it starts: it listens on its
    // port for a moment, only to see that it may.
    stream.once('close', () => reject(new Error('Temporal closed the connection without an answer')));
    stream.resume();
    stream.end(frame(describeNamespaceRequest(namespace)));
  });
}

/** `DescribeNamespaceRequest { string namespace = 1; }` in protobuf. */
function describeNamespaceRequest(namespace: string): Buffer {
  const text = Buffer.from(namespace);
  return Buffer.concat([Buffer.from([0x0a, text.length]), text]);
}

/** A gRPC message: no compression, then its length in four bytes. */
function frame(message: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}
