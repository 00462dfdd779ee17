import { randomUUID } from 'node:crypto';
import { findFreePort, objectStoreDriver } from '@darkroom/deploy-tool';
import { startRestartableMiddleware, type RestartableMiddleware } from './restartable-middleware.ts';

export interface TestObjectStore extends RestartableMiddleware, TestBuckets {}

export interface TestBuckets extends TestObjectStoreAccess {
  /** Makes an empty bucket and answers its name. */
  createBucket(): Promise<string>;
}

export interface TestObjectStoreAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export async function startTestObjectStore(directory: string): Promise<TestObjectStore> {
  const port = await findFreePort();
  const credentials = { accessKeyId: 'test-access-key', secretAccessKey: 'test-secret-access-key' };
  const access = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', ...credentials };
  const middleware = await startRestartableMiddleware(objectStoreDriver, {
    name: 'object-store',
    directory,
    ports: { http: port },
    settings: { ...credentials, region: access.region },
  });
  return { ...middleware, ...bucketsAt(access) };
}

/** The buckets of an object store for tests. */
export function bucketsAt(access: TestObjectStoreAccess): TestBuckets {
  return { ...access, createBucket: () => createBucket(access) };
}

async function createBucket({
  endpoint,
  region,
  accessKeyId,
  secretAccessKey,
}: TestObjectStoreAccess): Promise<string> {
  // Only here: most test files need no bucket, and each would load it anew.
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const bucket = `test-${randomUUID()}`;
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } finally {
    client.destroy();
  }
  return bucket;
}
