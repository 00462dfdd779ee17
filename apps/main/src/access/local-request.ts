import type { IncomingMessage } from 'node:http';
import { isLoopback } from './loopback.ts';

type LocalRequest = Pick<IncomingMessage, 'headers'> & {
  socket: { localAddress?: string | undefined; localPort?: number | undefined };
};

const localNames = ['localhost', '127.0.0.1', '[::1]'];
const httpPort = 80;

/**
 * Why a request without a key is not taken for one that a program on this machine made, or undefined where it is. A page in
 * a browser fails it (Origin, Sec-Fetch-Site), and so does a name that was rebound to loopback (Host).
 */
export function findRemoteSign({ headers, socket }: LocalRequest): string | undefined {
  if (!isLoopback(socket.localAddress ?? '')) return 'the connection does not come over loopback';
  const ownHosts = localNames.flatMap((name) => hostsOf(name, socket.localPort));
  if (!ownHosts.includes(headers.host?.toLowerCase() ?? ''))
    return `Host is not localhost, 127.0.0.1 or [::1] with port ${socket.localPort}`;
  const proxyHeader = Object.keys(headers).find((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  if (proxyHeader !== undefined) return `${proxyHeader} says that it came through a proxy`;
  const { origin } = headers;
  if (origin !== undefined && !ownHosts.some((host) => origin === `http://${host}`)) return 'Origin is another site';
  const fetchSite = headers['sec-fetch-site'];
  if (fetchSite !== undefined && fetchSite !== 'none' && fetchSite !== 'same-origin')
    return 'Sec-Fetch-Site is another site';
  return undefined;
}

function hostsOf(name: string, port: number | undefined): string[] {
  return port === httpPort ? [name, `${name}:${httpPort}`] : [`${name}:${port}`];
}
