/** One callback as it goes over the wire. */
export interface OutgoingCallback {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** Posts a callback once and returns the status of the answer, or null where none came in time. */
export async function sendCallback(callback: OutgoingCallback, stopped: AbortSignal): Promise<number | null> {
  const { url, headers, body, timeoutMs } = callback;
  try {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Refused, reset, too slow, or no URL at all: a provider only knows that nobody answered.
    return null;
  }
}

/** The URL with another last part of its path, where callback URLs have their token. */
export function withWrongToken(url: string): string {
  const wrong = new URL(url);
  const parts = wrong.pathname.split('/');
  const token = parts.pop() ?? '';
  wrong.pathname = [...parts, `${token.slice(0, -4)}AAAA`].join('/');
  return wrong.toString();
}
