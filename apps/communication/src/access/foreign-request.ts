import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../http/problems.ts';

/** Which web pages may open streams, and under which names this server is reached. */
export interface OriginPolicy {
  /** Exact origins. */
  origins: ReadonlySet<string>;
  /** Host names that a request may name; undefined for any. */
  hostNames: ReadonlySet<string> | undefined;
}

export interface OriginSettings {
  publicBaseUrl: string | undefined;
  allowOrigins: readonly string[];
  host: string;
  inProduction: boolean;
}

const localNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The pages of `main` and of the origins that are named besides. On a machine of its own, outside production, a name that was rebound to
 * loopback is refused too, as `main` does.
 */
export function createOriginPolicy({ publicBaseUrl, allowOrigins, host, inProduction }: OriginSettings): OriginPolicy {
  const publicUrl = publicBaseUrl === undefined ? undefined : new URL(publicBaseUrl);
  const isLocal = !inProduction && (localNames.includes(host) || host === '::1');
  return {
    origins: new Set([...(publicUrl === undefined ? [] : originsOf(publicUrl)), ...allowOrigins]),
    hostNames: isLocal ? new Set([...localNames, ...(publicUrl === undefined ? [] : [publicUrl.hostname])]) : undefined,
  };
}

/** Why a request must not be served, or undefined where nothing speaks against it. Programs send no Origin. */
export function findForeignSign(
  { origins, hostNames }: OriginPolicy,
  { headers }: IncomingMessage,
): Refusal | undefined {
  if (hostNames !== undefined && !hostNames.has(hostNameOf(headers.host))) {
    const detail =
      'Reach this server as localhost, 127.0.0.1 or [::1], or set PUBLIC_BASE_URL and NODE_ENV=production.';
    return { code: 'foreign_host', detail };
  }
  const { origin } = headers;
  if (origin === undefined || origins.has(origin)) return undefined;
  const detail = 'Pages of this site may not open streams. An operator allows it with STREAM_ALLOW_ORIGINS.';
  return { code: 'foreign_origin', detail };
}

/** A page on this machine may be open under any of the machine's own names. */
function originsOf({ protocol, hostname, port, origin }: URL): string[] {
  if (!localNames.includes(hostname)) return [origin];
  return localNames.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`);
}

function hostNameOf(host: string | undefined): string {
  return (host ?? '').toLowerCase().replace(/:\d+$/, '');
}
