import type { DarkroomOptions } from '../src/index.ts';

/** What a page of an origin has: as in a browser, every request and every WebSocket says where it comes from, and an answer is read only where it may be. */
export function surroundingsOfPage(origin: string): Required<Pick<DarkroomOptions, 'fetch' | 'WebSocket'>> {
  return {
    async fetch(request) {
      const headers = new Headers(request.headers);
      headers.set('origin', origin);
      const response = await fetch(request, { headers });
      if (response.headers.get('access-control-allow-origin') === origin) return response;
      throw new TypeError('The answer may not be read by this page.');
    },
    WebSocket: class extends WebSocket {
      constructor(url: string | URL) {
        // Node.js takes headers here, and browsers do not.
        super(url, { headers: { origin } });
      }
    },
  };
}
