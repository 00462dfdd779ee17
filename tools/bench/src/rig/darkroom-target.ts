import { Pool } from 'undici';
import { z } from 'zod';
import type { CallTarget } from './call-target.ts';
import { expectStatus, postJson } from './post-json.ts';

const connections = 128;

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
      const headers = { authorization: `Bearer ${apiKey}`, prefer: 'wait=60' };
      const answer = await postJson(pool, '/v1/calls', { headers, body });
      const finished = finishedSchema.safeParse(answer.body);
      if (!finished.success) throw new Error(`A call did not complete within 60 s: ${JSON.stringify(answer.body)}`);
      const { id, output } = finished.data;
      const [image] = output.images;
      return { id, imageBytes: image.bytes, imageSha256: image.sha256 };
    },
    close: () => pool.close(),
  };
}
