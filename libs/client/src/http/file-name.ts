/** The file name of a header `Content-Disposition` (RFC 6266); undefined where it has none. */
export function readFileName(disposition: string | null): string | undefined {
  const encoded = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return (
    /filename\s*=\s*"([^"]+)"/i.exec(disposition ?? '')?.[1] ??
    /filename\s*=\s*([^";\s]+)/i.exec(disposition ?? '')?.[1]
  );
}
