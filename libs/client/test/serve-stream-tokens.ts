import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** The server of an application, which has a key of Darkroom and gives its pages stream tokens of calls. */
export interface TokenServer {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveStreamTokens(mainUrl: string, apiKey: string): Promise<TokenServer> {
  const server = createServer((request, response) => {
    void json(request).then(async (subject) => {
      const { call } = subject as { call: string };
      // Here an application looks whether this user may see the call.
      const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ callId: call });
      const answer = await fetch(`${mainUrl}/v1/tokens`, { method: 'POST', headers, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise((closed) => server.close(() => closed())),
  };
}
