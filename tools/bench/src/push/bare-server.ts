import Fastify from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { loadPushConfig } from './config.ts';

const subscribeSchema = z.object({ subject: z.string() });
const eventSchema = z.object({ subject: z.string(), before: z.string(), after: z.string() });

const app = Fastify();
const followers = new Map<string, Set<WebSocket>>();

app.get('/readyz', () => ({}));

// Push, at its barest: what comes in goes out to those who asked for it, with the time at which it came.
app.post('/events', (request) => {
  const { subject, before, after } = eventSchema.parse(request.body);
  const message = `${before}${new Date().toISOString()}${after}`;
  for (const socket of followers.get(subject) ?? []) socket.send(message);
  return {};
});

const streams = new WebSocketServer({ server: app.server });
streams.on('connection', (socket) => {
  const subjects: string[] = [];
  socket.on('message', (data: Buffer) => {
    const { subject } = subscribeSchema.parse(JSON.parse(data.toString()));
    followers.set(subject, (followers.get(subject) ?? new Set()).add(socket));
    subjects.push(subject);
    socket.send(JSON.stringify({ type: 'subscribed', subject, after: 0 }));
  });
  socket.on('close', () => subjects.forEach((subject) => followers.get(subject)?.delete(socket)));
});

const stop = () => {
  for (const socket of streams.clients) socket.terminate();
  void app.close();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

await app.listen({ host: '127.0.0.1', port: loadPushConfig().port });
