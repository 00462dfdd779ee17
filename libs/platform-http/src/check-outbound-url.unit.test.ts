import { describe, expect, test } from '@jest/globals';
import { checkOutboundUrl } from './check-outbound-url.ts';

describe('an address is refused before any lookup', () => {
  test.each([
    ['loopback', 'http://127.0.0.1/'],
    ['loopback, short', 'http://127.1/'],
    ['loopback, decimal', 'http://2130706433/'],
    ['loopback, octal', 'http://0177.0.0.1/'],
    ['loopback, hexadecimal', 'http://0x7f.0x0.0x0.0x1/'],
    ['loopback, one hexadecimal number', 'http://0x7f000001/'],
    ['loopback, full-width digits', 'http://１２７.0.0.1/'],
    ['loopback, percent-encoded', 'http://%31%32%37.0.0.1/'],
    ['loopback with a dot at its end', 'http://127.0.0.1./'],
    ['IPv6 loopback', 'http://[::1]/'],
    ['IPv6 loopback, written out', 'http://[0:0:0:0:0:0:0:1]/'],
    ['IPv4 mapped into IPv6', 'http://[::ffff:127.0.0.1]/'],
    ['IPv4 mapped into IPv6, hexadecimal', 'http://[::ffff:7f00:1]/'],
    ['IPv4 compatible IPv6', 'http://[::7f00:1]/'],
    ['IPv4 behind NAT64', 'http://[64:ff9b::7f00:1]/'],
    ['IPv4 behind 6to4', 'http://[2002:7f00:1::]/'],
    ['unspecified', 'http://0.0.0.0/'],
    ['unspecified IPv6', 'http://[::]/'],
    ['private 10/8', 'http://10.1.2.3/'],
    ['private 172.16/12', 'http://172.31.255.254/'],
    ['private 192.168/16', 'http://192.168.0.1/'],
    ['carrier-grade NAT', 'http://100.64.0.1/'],
    ['link-local, where clouds keep their metadata', 'http://169.254.169.254/latest/meta-data/'],
    ['IPv6 link-local', 'http://[fe80::1]/'],
    ['IPv6 unique local', 'http://[fd00::1]/'],
    ['IPv6 site-local', 'http://[fec0::1]/'],
    ['multicast', 'http://224.0.0.1/'],
    ['broadcast', 'http://255.255.255.255/'],
    ['documentation', 'http://192.0.2.1/'],
    ['localhost', 'http://localhost/'],
    ['localhost with a dot', 'http://LOCALHOST./'],
    ['below localhost', 'http://a.localhost/'],
  ])('%s: %s', (_, url) => {
    expect(checkOutboundUrl(url, [])).toMatch(/^must not point at/);
  });
});

test('public addresses and names pass', () => {
  for (const url of [
    'https://example.com/a.png',
    'http://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
    'https://example.com./',
  ]) {
    expect(checkOutboundUrl(url, [])).toBeUndefined();
  }
});

test('other schemes, relative addresses and credentials are refused with the reason', () => {
  expect(checkOutboundUrl('file:///etc/passwd', [])).toBe('must start with https:// or http://');
  expect(checkOutboundUrl('data:image/png;base64,AAAA', [])).toBe('must start with https:// or http://');
  expect(checkOutboundUrl('/a.png', [])).toBe('must be an absolute URL');
  expect(checkOutboundUrl('https://user:secret@example.com/', [])).toBe('must not contain a user name or a password');
});

test('an exemption is an exact origin: another port, scheme or spelling of the host is not exempt', () => {
  const allowed = ['http://127.0.0.1:3900'];
  expect(checkOutboundUrl('http://127.0.0.1:3900/files/a.png', allowed)).toBeUndefined();
  expect(checkOutboundUrl('http://127.0.0.1:3901/', allowed)).toBeDefined();
  expect(checkOutboundUrl('https://127.0.0.1:3900/', allowed)).toBeDefined();
  expect(checkOutboundUrl('http://localhost:3900/', allowed)).toBeDefined();
  expect(checkOutboundUrl('http://user@127.0.0.1:3900/', allowed)).toBeDefined();
});
