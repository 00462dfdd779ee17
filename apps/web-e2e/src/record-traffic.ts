import type { Page } from 'playwright-core';

/** What a page asked `main` for, and what it was told by push, since the recording began or was begun anew. */
export interface Traffic {
  /** Method and path with its query, in the order that they were sent: `GET /v1/events?after=3&limit=1000`. */
  requests(): readonly string[];
  /** The messages that came over WebSockets. */
  pushed(): readonly string[];
  /** Forgets what was recorded. */
  beginAnew(): void;
}

export function recordTraffic(page: Page): Traffic {
  let requests: string[] = [];
  let pushed: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    requests.push(`${request.method()} ${pathname}${search}`);
  });
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => pushed.push(String(payload))));
  return {
    requests: () => requests,
    pushed: () => pushed,
    beginAnew() {
      requests = [];
      pushed = [];
    },
  };
}
