import { Pool } from 'undici';
import { z } from 'zod';
import { patienceSeconds } from '../load/within-patience.ts';
import type { CallTarget } from './call-target.ts';
import { expectStatus, getJson, type JsonAnswer, postJson } from './json-requests.ts';

const connections = 128;
const waitSeconds = 60;

const callSchema = z.object({
  id: z.string(),
  status: z.string(),
  waitingFor: z.string().optional(),
  completedAt: z.string().optional(),
});

const finishedSchema = z.object({
  id: z.string(),
  status: z.literal('completed'),
  output: z.object({ images: z.tuple([z.object({ bytes: z.number(), sha256: z.string() })]) }),
});

/** Darkroom, through its public API. */
export function createDarkroomTarget(url: string): CallTarget {
  const pool = new Pool(url, { connections });
  const body = {
    integration: 'nanobanana2',
    operation: 'text-to-image',
    input: { prompt: 'bench: a lighthouse at dawn' },
  };
  return {
    accept: async ({ apiKey }) => {
      expectStatus(await postJson(pool, '/v1/calls', { headers: { authorization: `Bearer ${apiKey}` }, body }), 202);
    },
    complete: async ({ apiKey }) => {
      const headers = { authorization: `Bearer ${apiKey}` };
      const first = await postJson(pool, '/v1/calls', { headers: { ...headers, prefer: `wait=${waitSeconds}` }, body });
      const ended = await untilEnded(first, (id) => getJson(pool, `/v1/calls/${id}?wait=${waitSeconds}`, headers));
      const { id, output } = read(finishedSchema, ended);
      const [image] = output.images;
      return { id, imageBytes: image.bytes, imageSha256: image.sha256 };
    },
    close: () => pool.destroy(),
  };
}

/** Where Temporal has lost a task, a call takes longer than one request can wait. */
async function untilEnded(first: JsonAnswer, look: (id: string) => Promise<JsonAnswer>): Promise<JsonAnswer> {
  const giveUpAt = performance.now() + (patienceSeconds - 3 * waitSeconds) * 1000;
  for (let answer = first; ;) {
    const { id, status, waitingFor = 'nothing', completedAt } = read(callSchema, answer);
    if (completedAt !== undefined) return answer;
    if (performance.now() > giveUpAt)
      throw new Error(`The call ${id} does not come to its end: it is ${status} and waits for ${waitingFor}.`);
    answer = await look(id);
  }
}

function read<Shape>(schema: z.ZodType<Shape>, { status, body }: JsonAnswer): Shape {
  const found = schema.safeParse(body);
  if (found.success) return found.data;
  throw new Error(`Expected a call, got ${status}: ${JSON.stringify(body).slice(0, 1_000)}`, { cause: found.error });
}
