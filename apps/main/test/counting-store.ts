import type { ObjectStore } from '@darkroom/platform-object-store';

/** The store, which tells when something is to be put into it. */
export function countingStore(objectStore: ObjectStore, noted: () => void): ObjectStore {
  return {
    ...objectStore,
    putIfAbsent: (object) => {
      noted();
      return objectStore.putIfAbsent(object);
    },
  };
}
