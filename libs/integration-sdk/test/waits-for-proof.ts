import type { CallHandle } from './temporal-worker.ts';

/** Waits until the list has been asked and left it open: from then on the workflow waits for the deadline. */
export async function waitsForProof(handle: CallHandle): Promise<void> {
  for (;;) {
    const { events } = await handle.fetchHistory();
    if (events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes)) return;
  }
}
