import Fastify from 'fastify';
import { z } from 'zod';
import { loadPushConfig } from './config.ts';
import { ReaderConnections } from './reader-connections.ts';

const openSchema = z.object({ url: z.string(), messagesOfEach: z.array(z.array(z.string())) });
const saySchema = z.object({ message: z.string() });
// Thousands of tokens.
const bodyLimit = 64 * 1024 * 1024;

const app = Fastify({ bodyLimit });
const connections = new ReaderConnections();

app.get('/readyz', () => ({}));

app.post('/open', async (request) => {
  const { url, messagesOfEach } = openSchema.parse(request.body);
  await connections.open(url, messagesOfEach);
  return {};
});

app.post('/say', async (request) => {
  await connections.sayOnAll(saySchema.parse(request.body).message);
  return {};
});

app.get('/count', () => ({ received: connections.receivedCount }));

app.post('/take', () => connections.take());

app.post('/close', () => {
  connections.close();
  return {};
});

const stop = () => {
  connections.close();
  void app.close();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

await app.listen({ host: '127.0.0.1', port: loadPushConfig().port });
