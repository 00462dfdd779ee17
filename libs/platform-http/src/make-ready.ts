import { failureReason } from './failure-reason.ts';
import { notSent } from './provider-request-error.ts';

const webProtocols = new Set(['http:', 'https:']);

/** The address of a request, and what it carries. Whatever is wrong with either by itself shows here, while nothing can have been sent. */
export function makeReady<Body>(address: string, encode: () => Body): { url: URL; body: Body } {
  try {
    const url = new URL(address);
    if (!webProtocols.has(url.protocol)) throw new TypeError(`no request can be sent to ${url.protocol}`);
    return { url, body: encode() };
  } catch (error) {
    throw notSent('the provider', `the request is none: ${failureReason(error)}`, { timedOut: false, cause: error });
  }
}
