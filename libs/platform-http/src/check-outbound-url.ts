import { isAddress, isPublicAddress } from './address-range.ts';

/**
 * Why a URL is never fetched, as a sentence's end (`must not …`), or undefined where its host only has to be looked up. It does
 * no I/O: a name that resolves to a private address is refused when the connection is made.
 */
export function checkOutboundUrl(text: string, allowOrigins: readonly string[]): string | undefined {
  if (!URL.canParse(text)) return 'must be an absolute URL';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must start with https:// or http://';
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or a password';
  if (isAllowedOrigin(url, allowOrigins)) return undefined;
  const host = url.hostname.replace(/\.$/, '');
  if (isLocalName(host)) return 'must not point at this machine';
  if (isAddress(host) && !isPublicAddress(host)) return 'must not point at a private or reserved address';
  return undefined;
}

/** Exemptions are exact origins: scheme, host and port. */
export function isAllowedOrigin(url: URL, allowOrigins: readonly string[]): boolean {
  return allowOrigins.some((origin) => URL.canParse(origin) && new URL(origin).origin === url.origin);
}

function isLocalName(host: string): boolean {
  return host === '' || host === 'localhost' || host.endsWith('.localhost');
}
