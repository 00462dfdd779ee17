import { createServer } from 'node:http';

const { PORT, FAIL } = process.env;
if (FAIL !== undefined) throw new Error(FAIL);
const server = createServer((_request, response) => response.end('ready')).listen(Number(PORT), '127.0.0.1');
process.stdout.write('listening\n');
process.once('SIGTERM', () => {
  process.stdout.write('stopping in peace\n');
  server.close();
  server.closeAllConnections();
});
