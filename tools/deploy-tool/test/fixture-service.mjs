import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { FIXTURE_PORT, FIXTURE_JOURNAL, FIXTURE_FAULT } = process.env;
const note = (text) => appendFileSync(FIXTURE_JOURNAL, `${text}\n`);

note(`started ${process.pid}`);
if (FIXTURE_FAULT !== undefined) throw new Error(FIXTURE_FAULT);
const server = createServer((request, response) => {
  response.end('well');
  if (request.url === '/die') {
    console.error('the shutter is stuck');
    process.exit(1);
  }
}).listen(Number(FIXTURE_PORT), '127.0.0.1');
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    note(signal);
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
