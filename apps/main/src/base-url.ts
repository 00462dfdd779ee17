import type { ApiInstance } from './api-instance.ts';

/** Where clients reach the API: as configured, or at the address that it listens on. */
export function createBaseUrl(app: Pick<ApiInstance, 'server'>, publicBaseUrl: string | undefined): () => string {
  if (publicBaseUrl !== undefined) return () => publicBaseUrl;
  let ownUrl: string | undefined;
  return () => (ownUrl ??= ownUrlOf(app)) ?? 'http://127.0.0.1';
}

function ownUrlOf({ server }: Pick<ApiInstance, 'server'>): string | undefined {
  const address = server.address();
  if (address === null || typeof address === 'string') return undefined;
  const isWildcard = address.address === '::' || address.address === '0.0.0.0';
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${isWildcard ? '127.0.0.1' : host}:${address.port}`;
}
