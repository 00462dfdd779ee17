/** The cookie that a session's value is in. */
export interface SessionCookie {
  /** The value in a header `Cookie`; undefined without exactly one: a second one was put there by somebody else. */
  read(header: string | undefined): string | undefined;
  /** Every value that the header has. */
  readAll(header: string | undefined): string[];
  /** The header `Set-Cookie` that keeps a value. */
  keep(value: string, seconds: number): string;
  /** The header `Set-Cookie` that removes it. */
  remove(): string;
}

const plainName = 'darkroom_session';
/** With it a browser takes the cookie over TLS from this very host only: no other host of the domain can put one here. */
const hostPrefix = '__Host-';

/**
 * No script reads it, and no request that another site causes carries it. Where the API is reached over TLS it is `Secure`, and goes by a name that other
 * hosts cannot set. A plain address has cookies in common with everything else on its host, whatever the port.
 */
export function createSessionCookie(baseUrl: () => string): SessionCookie {
  const isSecure = () => new URL(baseUrl()).protocol === 'https:';
  const nameOf = (secure: boolean) => (secure ? `${hostPrefix}${plainName}` : plainName);
  const write = (value: string, seconds: number) => {
    const secure = isSecure();
    const parts = [`${nameOf(secure)}=${value}`, `Max-Age=${seconds}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
    return [...parts, ...(secure ? ['Secure'] : [])].join('; ');
  };
  const readAll = (header: string | undefined) => (header === undefined ? [] : valuesOf(nameOf(isSecure()), header));
  return {
    readAll,
    read(header) {
      const [value, ...others] = readAll(header);
      return others.length === 0 ? value : undefined;
    },
    keep: write,
    remove: () => write('', 0),
  };
}

function valuesOf(name: string, header: string): string[] {
  const start = `${name}=`;
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start))
    .map((pair) => pair.slice(start.length));
}
