import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { outputArtifactSchema, type OutputArtifact } from '@darkroom/contract';
import type { PlayedFault } from './play-fault.ts';

/**
 * Every file of a completed call has its facts, can be downloaded by its address, and is byte for byte what the provider made for a submission
 * of this call. One of them at least is a result.
 */
export async function checkFiles({ call, submissions }: Pick<PlayedFault, 'call' | 'submissions'>): Promise<void> {
  const files = filesIn(call.output);
  const results = submissions.flatMap((submission) => submission.results ?? []);
  const besides = submissions.flatMap(({ lastFrame }) => lastFrame ?? []);
  expect(files.filter(({ role }) => role === undefined).length).toBeGreaterThan(0);
  for (const file of files) {
    checkFacts(file);
    const { url, sha256, bytes, contentType, role } = file;
    expect((role === undefined ? results : besides).map((made) => made.sha256)).toContain(sha256);
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

/** Whatever an output calls its files. */
function filesIn(value: unknown): OutputArtifact[] {
  if (typeof value !== 'object' || value === null) return [];
  const file = outputArtifactSchema.safeParse(value);
  return file.success ? [file.data] : Object.values(value).flatMap(filesIn);
}

function checkFacts({ contentType, width, height, durationSeconds, frameRate }: OutputArtifact): void {
  const wanted = contentType.startsWith('video/') ? { width, height, durationSeconds, frameRate } : { width, height };
  for (const [name, value] of Object.entries(wanted)) expect([name, value]).toEqual([name, expect.any(Number)]);
}
