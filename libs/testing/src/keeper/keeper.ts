import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kept } from './ask-keeper.ts';
import { keepMiddleware } from './keep-middleware.ts';

// The process that jest/start-keeper.mjs starts beside a run. It prints where it listens, and ends, with all that it has started, when
// its standard input does: that happens also where Jest is killed.
const kept = keepMiddleware();
const server = createServer((request, response) => {
  // A connection that is kept would be closed just when a file asks again.
  response.setHeader('connection', 'close');
  kept.give(request.url?.slice(1) as keyof Kept).then(
    (given) => response.end(JSON.stringify(given)),
    (error: Error) => response.writeHead(500).end(error.message),
  );
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

// A terminal's Ctrl-C comes here too; Jest ends by it.
process.on('SIGINT', () => undefined);
process.stdin.resume().once('end', () => {
  server.close();
  server.closeAllConnections();
  void kept.stop();
});
