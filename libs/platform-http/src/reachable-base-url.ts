import { checkOutboundUrl } from './check-outbound-url.ts';

/**
 * The address under which providers reach us, or undefined where they cannot: it is not set, or private. A private one will do where
 * the provider is the simulator, and where its origin is exempt.
 */
export function reachableBaseUrl({
  publicBaseUrl,
  simulated,
  allowOrigins,
}: {
  publicBaseUrl: string | undefined;
  simulated: boolean;
  allowOrigins: readonly string[];
}): string | undefined {
  if (publicBaseUrl === undefined || !URL.canParse(publicBaseUrl)) return undefined;
  const exempt = simulated ? [new URL(publicBaseUrl).origin] : allowOrigins;
  const isReachable = checkOutboundUrl(publicBaseUrl, exempt) === undefined;
  return isReachable ? publicBaseUrl.replace(/\/+$/, '') : undefined;
}
