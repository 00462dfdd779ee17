import { setTimeout as sleep } from 'node:timers/promises';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { httpStatusOf, ObjectStoreError, toObjectStoreError } from './object-store-error.ts';
import type { NewObject, ObjectFacts, ObjectStore } from './object-store.ts';

interface Place {
  client: S3Client;
  bucket: string;
  head: ObjectStore['head'];
}

/** How long to wait, in milliseconds, before each further look for an object that the store says is there: three seconds in all. */
const pausesMs = [20, 50, 100, 200, 400, 800, 1_400];

/** Stores an object where there is none under its key; the methods of `ObjectStore` say what it answers where there is one. */
export async function storeOnce(object: NewObject, { client, bucket, head }: Place): Promise<'stored' | 'exists'> {
  const write = (condition: { IfNoneMatch?: '*' }) =>
    client.send(new PutObjectCommand(toPut(object, bucket, condition)));
  const failed = (error: unknown) => toObjectStoreError(error, `write to bucket "${bucket}"`);
  const look = () => head(object.key);
  try {
    await write({ IfNoneMatch: '*' });
    return 'stored';
  } catch (error) {
    const isRefused = httpStatusOf(error) === 412;
    if (!isRefused && !wasCutOff(error)) throw failed(error);
    const found = await (isRefused ? lookUntilItShows(look) : look());
    if (found !== undefined) return compare(found, object, bucket);
    if (!isRefused) throw failed(error);
  }
  // Nobody is still writing after so long: a server that was killed noted an object and never stored it, and would refuse it for ever.
  try {
    await write({});
    return 'stored';
  } catch (error) {
    throw failed(error);
  }
}

function compare(found: ObjectFacts, { key, bytes, sha256 }: NewObject, bucket: string): 'exists' {
  if (found.sha256 === sha256 && found.bytes === bytes.byteLength) return 'exists';
  throw new ObjectStoreError(
    'conflict',
    `Bucket "${bucket}" holds other bytes under ${key}; they were left as they are.`,
  );
}

/**
 * A store that refuses a large object may end the connection while its bytes are still being sent, so that the refusal is never heard. The
 * words tell: of an error from another realm, as Node's are in Jest, the SDK keeps nothing else.
 */
function wasCutOff(error: unknown): boolean {
  return /ECONNRESET|EPIPE|socket hang up/.test(String(error));
}

/** A store may refuse a second writer before it shows what the first one wrote. */
async function lookUntilItShows(look: () => Promise<ObjectFacts | undefined>): Promise<ObjectFacts | undefined> {
  let found = await look();
  for (const pauseMs of pausesMs) {
    if (found !== undefined) break;
    await sleep(pauseMs);
    found = await look();
  }
  return found;
}

function toPut({ key, bytes, contentType, sha256, metadata }: NewObject, Bucket: string, condition: object) {
  return {
    Bucket,
    Key: key,
    Body: bytes,
    ContentType: contentType,
    ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
    Metadata: { ...metadata, sha256 },
    ...condition,
  };
}
