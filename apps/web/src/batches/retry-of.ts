import type { Batch } from '@darkroom/contract';

/** The own id of the batch that retries what failed of another: one for each, so that whoever asks twice gets the same batch. */
export function retryIdOf(batchId: string): string {
  return `${batchId}.retry`;
}

/** The batch that retries another, where it is among those that are known. */
export function retryOf(id: string, known: readonly Batch[]): Batch | undefined {
  return known.find(({ batchId }) => batchId === retryIdOf(id));
}
