import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import { createObjectStore } from '../src/create-object-store.ts';
import type { ObjectStore } from '../src/object-store.ts';

const stores: ObjectStore[] = [];
const servers: Server[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** An object store whose server answers as a real one does only in moments that no test can bring about. Both end with the test. */
export async function storeAnsweredBy(answer: RequestListener): Promise<ObjectStore> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const store = createObjectStore({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    bucket: 'bucket',
    objectKeyPrefix: 'results',
  });
  stores.push(store);
  return store;
}
