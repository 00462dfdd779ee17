import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether the text is an address literal; names have to be looked up first. */
export function isAddress(host: string): boolean {
  return isIP(withoutBrackets(host)) !== 0;
}

/** Whether an address is on the public internet. An IPv4 address inside an IPv6 one counts as what it is. */
export function isPublicAddress(address: string): boolean {
  const parsed = ipaddr.process(withoutBrackets(address));
  return parsed.range() === 'unicast' && !isSiteLocal(parsed);
}

/** fec0::/10 was withdrawn, but hosts that still have it hold it for private. */
function isSiteLocal(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === 'ipv6' && (address as ipaddr.IPv6).match(ipaddr.IPv6.parseCIDR('fec0::/10'));
}

function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
