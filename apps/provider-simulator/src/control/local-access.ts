import type { FastifyRequest } from 'fastify';

const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const ownSites = new Set(['none', 'same-origin']);

/** Why a request is not from a program or a person on this machine, or undefined where it is. */
export function foreignSign({ headers, socket }: FastifyRequest): string | undefined {
  if (!isLoopback(socket.remoteAddress)) return 'it comes from another machine';
  const host = headers.host ?? '';
  if (!isOurHost(host, socket.localPort)) return 'its Host is not localhost, 127.0.0.1 or [::1] with this port';
  const forwarded = Object.keys(headers).find((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  if (forwarded !== undefined) return `it was forwarded (${forwarded})`;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return 'its Origin is another site';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && !ownSites.has(String(site))) return 'a browser sent it for another site (Sec-Fetch-Site)';
  return undefined;
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address ?? '');
}

function isOurHost(host: string, port: number | undefined): boolean {
  const [, name = '', hostPort = '80'] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  return localNames.has(name.toLowerCase()) && Number(hostPort) === port;
}
