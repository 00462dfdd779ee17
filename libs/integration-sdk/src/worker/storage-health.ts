import type { ObjectStore } from './object-store.ts';

const freshMs = 10_000;

/** Whether storage has taken a write lately: nothing is paid for while it does not. */
export interface StorageHealth {
  /** Undefined when storage took a write in the last ten seconds or takes one now; otherwise why it does not. */
  findFault(): Promise<string | undefined>;
  /** Notes a write that storage took. */
  tookWrite(): void;
  /** Notes a write that failed, so that the next look asks storage again. */
  failed(): void;
}

export function createStorageHealth({
  objectStore,
  now,
}: {
  objectStore: Pick<ObjectStore, 'probe'>;
  now: () => Date;
}): StorageHealth {
  let tookWriteAt = Number.NEGATIVE_INFINITY;
  let probing: Promise<string | undefined> | undefined;

  async function probe(): Promise<string | undefined> {
    try {
      await objectStore.probe();
      tookWriteAt = now().getTime();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      probing = undefined;
    }
  }

  return {
    async findFault() {
      if (now().getTime() - tookWriteAt < freshMs) return undefined;
      probing ??= probe();
      return probing;
    },
    tookWrite() {
      tookWriteAt = now().getTime();
    },
    failed() {
      tookWriteAt = Number.NEGATIVE_INFINITY;
    },
  };
}
