import { createObjectStore, type ObjectStore } from '@darkroom/platform-object-store';
import { type OnMiddleware, type SetUpChoices, setUpOnMiddleware } from './set-up-on-middleware.ts';
import { type Dependencies, openPublicApi, type PublicApiOnDatabase } from './set-up-public-api.ts';

/** The public API beside an object store. */
export interface StoringApi extends PublicApiOnDatabase {
  objectStore: ObjectStore;
}

/** Starts the public API with a bucket of its own, where objects begin with `test/`. */
export function setUpStoringApi(
  dependencies: (objectStore: ObjectStore) => Dependencies = () => ({}),
  { wanted, ...choices }: SetUpChoices = {},
): StoringApi & OnMiddleware {
  return setUpOnMiddleware<StoringApi>(
    async (middleware) => {
      const bucket = await middleware.objectStore.createBucket();
      const objectStore = createObjectStore({ ...middleware.objectStore, bucket, objectKeyPrefix: 'test' });
      const api = await openPublicApi(middleware, { objectStore, ...dependencies(objectStore) });
      const close = async () => {
        await api.close();
        objectStore.close();
      };
      return { ...api, objectStore, close };
    },
    { ...choices, wanted: { postgres: 'shared', objectStore: 'shared', ...wanted } },
  );
}
