import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that takes webhooks and counts them. */
export interface WebhookReceiver {
  readonly origin: string;
  /** Resolves once so many more requests have come; rejects when the signal is aborted. */
  receive(count: number, signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  let received = 0;
  let look: () => void = () => undefined;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(204).end();
      received += 1;
      look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    receive(count, signal) {
      const wanted = received + count;
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          const come = received - wanted + count;
          reject(
            new Error(`${come} of ${count} webhooks have come, and no more are waited for.`, { cause: signal.reason }),
          );
        };
        signal.addEventListener('abort', giveUp, { once: true });
        look = () => {
          if (received < wanted) return;
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
      });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
