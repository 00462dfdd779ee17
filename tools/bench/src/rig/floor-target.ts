import { Pool } from 'undici';
import { z } from 'zod';
import type { CallTarget } from './call-target.ts';
import { expectStatus, postJson } from './json-requests.ts';

const connections = 128;

const finishedSchema = z.object({
  id: z.string(),
  output: z.object({ images: z.tuple([z.object({ bytes: z.number(), sha256: z.string() })]) }),
});

/** The floor: `/inserts` accepts with a bare insert, `/workflows` with a bare `workflow.start`. */
export function createFloorTarget(url: string, acceptPath: '/inserts' | '/workflows'): CallTarget {
  const pool = new Pool(url, { connections });
  const body = {
    integration: 'nanobanana2',
    operation: 'text-to-image',
    input: { prompt: 'bench: a lighthouse at dawn' },
  };
  return {
    accept: async ({ accountId }) => {
      expectStatus(await postJson(pool, acceptPath, { headers: { 'x-account': accountId }, body }), 202);
    },
    complete: async ({ accountId }) => {
      const answer = await postJson(pool, '/workflows', {
        headers: { 'x-account': accountId, prefer: 'wait=60' },
        body,
      });
      expectStatus(answer, 200);
      const { id, output } = finishedSchema.parse(answer.body);
      const [image] = output.images;
      return { id, imageBytes: image.bytes, imageSha256: image.sha256 };
    },
    close: () => pool.destroy(),
  };
}
