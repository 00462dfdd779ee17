import type { WebSocketConstructor } from './stream-socket.ts';

/** Opens a connection; rejects where that fails, takes too long or is no longer wanted. */
export function openWebSocket(
  WebSocket: WebSocketConstructor,
  { url, openTimeoutMs }: { url: string; openTimeoutMs: number },
  signal: AbortSignal,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'));
    const timer = setTimeout(() => fail(`did not open within ${openTimeoutMs / 1000} seconds`), openTimeoutMs);
    const stop = () => fail('is no longer wanted');
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    const fail = (why: string) => {
      settle();
      socket.close();
      reject(new Error(`The WebSocket to ${url} ${why}.`));
    };
    signal.addEventListener('abort', stop, { once: true });
    // A browser does not say why.
    socket.addEventListener('error', () => fail('could not be opened'), { once: true });
    socket.addEventListener('close', () => fail('was closed before it was open'), { once: true });
    socket.addEventListener(
      'open',
      () => {
        settle();
        resolve(socket);
      },
      { once: true },
    );
  });
}
