import type { Batch } from '@darkroom/contract';
import { darkroom } from '../darkroom/darkroom.ts';
import { retryIdOf } from './retry-of.ts';

/**
 * Makes a batch of the calls of another that failed. Its own id follows from the other's, so that whoever asks twice gets the same batch and pays
 * once; the new batch may be retried again.
 */
export async function retryFailed({ id, maxConcurrent, strategy, onFailure }: Batch): Promise<Batch> {
  const calls = [];
  // In the order of the lines, as ever: the same id with another body would be refused.
  const failed = darkroom.batches.calls(id, { status: ['failed'], order: 'oldest' });
  for await (const { integration, operation, input, metadata } of failed)
    calls.push({ integration, operation, input, metadata });
  return darkroom.batches.create({
    batchId: retryIdOf(id),
    strategy,
    onFailure,
    maxConcurrent,
    metadata: { retryOfBatch: id },
    calls,
  });
}
