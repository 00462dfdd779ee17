import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './address-range.ts';
import { OutboundError } from './outbound-error.ts';

/** Looks a name up in the system's resolver: all of its addresses. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

export const resolveBySystem: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });

/**
 * A lookup for sockets that gives out the very addresses that it has checked, so that a name cannot change its mind between
 * check and connection. One private address among public ones spoils the name.
 */
export function createGuardedLookup(resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const fault = faultOf(host, addresses);
        const [first] = addresses;
        if (fault !== undefined || first === undefined) callback(fault ?? notFound(host), '', 0);
        else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

function faultOf(host: string, addresses: LookupAddress[]): OutboundError | undefined {
  if (addresses.every(({ address }) => isPublicAddress(address))) return undefined;
  return new OutboundError('forbidden', `${host} resolves to a private or reserved address`);
}

function notFound(host: string): OutboundError {
  return new OutboundError('unreachable', `${host} has no address`);
}
