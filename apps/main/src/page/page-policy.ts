/**
 * What the web page may load: everything from its own origin, and news from the stream, which is another. Its scripts and styles are files: what
 * somebody smuggles into the page is not run.
 */
export function pagePolicy(streamUrl: string): string {
  const { host, protocol } = new URL(streamUrl);
  const isSecure = protocol === 'https:' || protocol === 'wss:';
  const streams = isSecure ? `https://${host} wss://${host}` : `http://${host} ws://${host}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self' ${streams}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
