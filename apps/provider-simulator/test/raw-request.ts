import { connect } from 'node:net';

/** Everything that came back over one connection, and whether it ended in order or was reset. */
export interface RawAnswer {
  readonly text: string;
  readonly ending: 'end' | 'reset';
}

interface RawRequest {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request byte by byte as it is given, with no headers that were not asked for. */
export function sendRaw({ port, method, path, headers = {}, body = '' }: RawRequest): Promise<RawAnswer> {
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ ...length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}connection: close\r\n\r\n`;

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const finish = (ending: RawAnswer['ending']) => resolve({ text: Buffer.concat(chunks).toString('latin1'), ending });
    const socket = connect(port, '127.0.0.1', () => socket.write(head + body));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => finish('end'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') finish('reset');
      else reject(error);
    });
  });
}

export function statusOf({ text }: RawAnswer): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);
}
