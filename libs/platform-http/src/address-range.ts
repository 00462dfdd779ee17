import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether the text is an address literal; names have to be looked up first. */
export function isAddress(host: string): boolean {
  return isIP(withoutBrackets(host)) !== 0;
}

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is on the public internet. An IPv4 address mapped into an IPv6 one counts as what it is. */
export function isPublicAddress(address: string): boolean {
  const parsed = ipaddr.process(withoutBrackets(address));
  if (parsed.range() !== 'unicast') return false;
  // Outside 2000::/3 nothing is assigned to the internet, whatever its range is called (::127.0.0.1, fec0::1).
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
}

function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
