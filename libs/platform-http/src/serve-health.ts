import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whether a dependency can be used, and if not, why. */
export interface DependencyState {
  status: 'up' | 'down';
  detail?: string;
  /** Left out where the process cannot do its work without it. */
  required?: false;
}

export interface HealthServerOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** The state of each dependency, asked anew for each request to `/readyz`. */
  readiness: () => Promise<Record<string, DependencyState>>;
  /** A prom-client registry. */
  metrics: { contentType: string; metrics: () => Promise<string> };
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** Serves `/healthz`, `/readyz` (503 while a dependency that is required is away) and `/metrics` for a process without an API of its own. */
export async function serveHealth({ host, port, readiness, metrics }: HealthServerOptions): Promise<HealthServer> {
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    if (path === '/healthz') return sendJson(response, 200, { status: 'ok' });
    if (path === '/readyz') {
      const dependencies = await readiness();
      const ready = isReady(dependencies);
      return sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not_ready', dependencies });
    }
    if (path === '/metrics') {
      const text = await metrics.metrics();
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
      return;
    }
    return sendJson(response, 404, { status: 'not_found', paths: ['/healthz', '/readyz', '/metrics'] });
  };

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    answer(path, response).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      sendJson(response, 500, { status: 'failed', reason });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

/** Whether all that a process cannot do without are there. */
export function isReady(dependencies: Readonly<Record<string, DependencyState>>): boolean {
  return Object.values(dependencies).every(({ status, required = true }) => status === 'up' || !required);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
