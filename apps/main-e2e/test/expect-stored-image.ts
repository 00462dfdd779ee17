import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { outputArtifactSchema, type Call } from '@darkroom/contract';

/** [P5] What the call reported exists, byte for byte, behind an address of ours. */
export async function expectStoredImage(call: Call): Promise<void> {
  expect(call).toMatchObject({ status: 'completed' });
  const images = outputArtifactSchema.array().min(1).parse(call.output?.['images']);
  for (const image of images) {
    const response = await fetch(image.url ?? 'no url');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-type')).toBe(image.contentType);
    expect(bytes.length).toBe(image.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(image.sha256);
  }
}
