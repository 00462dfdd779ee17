import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { outputArtifactSchema, type Call } from '@darkroom/contract';
import { z } from 'zod';

const outputSchema = z.object({ images: z.array(outputArtifactSchema).min(1) });

/** Every file of a completed call can be downloaded by its address, byte for byte. */
export async function checkFiles({ output }: Call): Promise<void> {
  for (const { url, sha256, bytes, contentType } of outputSchema.parse(output).images) {
    const answer = await fetch(url ?? '');
    const content = Buffer.from(await answer.arrayBuffer());
    expect({
      status: answer.status,
      contentType: answer.headers.get('content-type'),
      bytes: content.byteLength,
      sha256: createHash('sha256').update(content).digest('hex'),
    }).toEqual({ status: 200, contentType, bytes, sha256 });
  }
}
