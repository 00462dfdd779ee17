import { createHash } from 'node:crypto';
import type { ObjectStore } from '@darkroom/platform-object-store';
import type { Pool } from '@darkroom/platform-postgres';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { saveResult } from './queries.ts';

/** What the floor's workflow is started with. */
export interface FloorCall {
  readonly id: string;
  readonly accountId: string;
  readonly prompt: string;
}

export interface FloorImage {
  readonly objectKey: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
}

const answerSchema = z.object({
  candidates: z.tuple([
    z.object({
      content: z.object({
        parts: z.array(z.object({ inlineData: z.object({ mimeType: z.string(), data: z.string() }).optional() })),
      }),
    }),
  ]),
});

/** The two activities of a bare workflow: ask the provider and store the image; write one row. */
export function createFloorActivities({
  pool,
  objectStore,
  simulatorUrl,
}: {
  pool: Pool;
  objectStore: ObjectStore;
  simulatorUrl: string;
}) {
  const dispatcher = new Agent({ connections: 128 });
  const url = `${simulatorUrl}/gemini/v1beta/models/gemini-3.1-flash-image:generateContent`;

  return {
    async generateImage({ id, prompt }: FloorCall): Promise<FloorImage> {
      const answer = await request(url, {
        dispatcher,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-goog-api-key': 'bench' },
        body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: prompt }] }] }),
      });
      if (answer.statusCode !== 200)
        throw new Error(`The simulator answered ${answer.statusCode}: ${await answer.body.text()}`);
      const { contentType, data } = imageOf(await answer.body.json());
      const sha256 = createHash('sha256').update(data).digest('hex');
      const objectKey = `floor/${id}`;
      await objectStore.putIfAbsent({ key: objectKey, bytes: data, contentType, sha256 });
      return { objectKey, contentType, bytes: data.byteLength, sha256 };
    },

    async saveCall({ id, accountId, prompt }: FloorCall, image: FloorImage): Promise<void> {
      await saveResult(pool, { id, accountId, input: { prompt }, output: { images: [image] } });
    },
  };
}

export type FloorActivities = ReturnType<typeof createFloorActivities>;

function imageOf(answer: unknown): { contentType: string; data: Buffer } {
  const { parts } = answerSchema.parse(answer).candidates[0].content;
  const inlineData = parts.find((part) => part.inlineData !== undefined)?.inlineData;
  if (inlineData === undefined) throw new Error('The simulator answered without an image.');
  return { contentType: inlineData.mimeType, data: Buffer.from(inlineData.data, 'base64') };
}
