import { randomUUID } from 'node:crypto';
import { createPool } from '@darkroom/platform-postgres';
import { connectClient } from '@darkroom/platform-temporal';
import Fastify from 'fastify';
import { z } from 'zod';
import { loadFloorConfig } from './config.ts';
import { findResult, saveAccepted } from './queries.ts';
import { resultOf } from './result-of.ts';
import { createFloorTables } from './tables.ts';
import { floorTaskQueue } from './task-queue.ts';
import type { FloorPost } from './post-activities.ts';
import type { FloorWait } from './waiting-activities.ts';
import type { bareImageWorkflow, barePostWorkflow, bareWaitingWorkflow } from './workflows.ts';

const callSchema = z.object({ input: z.object({ prompt: z.string() }) });
const idSchema = z.object({ id: z.string() });

const { floor, postgres, temporal } = loadFloorConfig();
const pool = createPool({
  connectionString: postgres.url,
  max: postgres.poolSize,
  applicationName: 'bench-floor-api',
  onConnectionLost: (error) => {
    throw error;
  },
});
await createFloorTables(pool);
const engine = connectClient({ ...temporal, identity: 'bench-floor-api' });
const app = Fastify();

const accountOf = (headers: Record<string, unknown>) => String(headers['x-account']);

app.get('/readyz', () => ({}));

// Accepting, at its barest: one durable insert.
app.post('/inserts', async (request, reply) => {
  const id = randomUUID();
  await saveAccepted(pool, { id, accountId: accountOf(request.headers), body: request.body });
  return reply.code(202).send({ id });
});

// Reading, at its barest: one row by its primary key.
app.get('/results/:id', async (request, reply) => {
  const row = await findResult(pool, idSchema.parse(request.params).id);
  return row === undefined ? reply.code(404).send({}) : row;
});

// Durable work, at its barest: the workflow is started by the request, which waits for its result where it is asked to.
app.post('/workflows', async (request, reply) => {
  const id = randomUUID();
  const call = { id, accountId: accountOf(request.headers), prompt: callSchema.parse(request.body).input.prompt };
  const handle = await engine.client.workflow.start<typeof bareImageWorkflow>('bareImageWorkflow', {
    workflowId: id,
    taskQueue: floorTaskQueue,
    args: [call],
  });
  if (request.headers['prefer'] === undefined) return reply.code(202).send({ id });
  return { id, output: { images: [await resultOf(handle)] } };
});

// Waiting, at its barest: the body is what the workflow is started with.
app.post('/waits', async (request, reply) => {
  const id = randomUUID();
  await engine.client.workflow.start<typeof bareWaitingWorkflow>('bareWaitingWorkflow', {
    workflowId: id,
    taskQueue: floorTaskQueue,
    args: [request.body as FloorWait],
  });
  return reply.code(202).send({ id });
});

// A delivery, at its barest: the body is what the workflow is started with.
app.post('/posts', async (request, reply) => {
  const id = randomUUID();
  await engine.client.workflow.start<typeof barePostWorkflow>('barePostWorkflow', {
    workflowId: id,
    taskQueue: floorTaskQueue,
    args: [request.body as FloorPost],
  });
  return reply.code(202).send({ id });
});

const stop = async () => {
  await app.close();
  await engine.close();
  await pool.end();
};
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());

await app.listen({ host: '127.0.0.1', port: floor.port });
