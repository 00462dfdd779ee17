import { setTimeout as sleep } from 'node:timers/promises';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { httpStatusOf, ObjectStoreError, toObjectStoreError } from './object-store-error.ts';
import type { NewObject, ObjectFacts, ObjectStore } from './object-store.ts';

interface Place {
  client: S3Client;
  bucket: string;
  head: ObjectStore['head'];
}

interface Condition {
  IfNoneMatch?: '*';
}
const once: Condition = { IfNoneMatch: '*' };

/** How long to wait, in milliseconds, before each further look for an object that the store says is there: three seconds in all. */
const pausesMs = [20, 50, 100, 200, 400, 800, 1_400];

/** Stores an object where there is none under its key; the methods of `ObjectStore` say what it answers where there is one. */
export async function storeOnce(object: NewObject, { client, bucket, head }: Place): Promise<'stored' | 'exists'> {
  const look = () => head(object.key);
  const write = async (condition: Condition): Promise<'stored' | 'refused' | 'exists'> => {
    try {
      await client.send(new PutObjectCommand(toPut(object, bucket, condition)));
      return 'stored';
    } catch (error) {
      if (httpStatusOf(error) === 412) return 'refused';
      // A look that fails tells no more than the write.
      const found = wasCutOff(error) ? await look().catch(() => undefined) : undefined;
      if (found !== undefined) return compare(found, object, bucket);
      throw toObjectStoreError(error, `write to bucket "${bucket}"`);
    }
  };
  const first = await write(once);
  if (first !== 'refused') return first;
  const found = await lookUntilItShows(look);
  if (found !== undefined) return compare(found, object, bucket);
  // It may have been deleted meanwhile. Where it is refused again, a server that was killed noted an object that it never stored, and would
  // refuse it for ever: nobody is still writing after so long.
  const second = await write(once);
  if (second !== 'refused') return second;
  const last = await write({});
  if (last !== 'refused') return last;
  throw new ObjectStoreError('unavailable', `Bucket "${bucket}" refuses ${object.key} for what it does not have.`);
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

function toPut({ key, bytes, contentType, sha256, metadata }: NewObject, Bucket: string, condition: Condition) {
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
