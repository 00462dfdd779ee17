import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { httpStatusOf, ObjectStoreError, toObjectStoreError } from './object-store-error.ts';

interface Bucket {
  client: S3Client;
  bucket: string;
  probeKey: string;
}

/** Creates the bucket where it is missing, then proves that it takes a write and gives it back. */
export async function ensureBucket({ client, bucket, probeKey }: Bucket): Promise<void> {
  if (!(await mayExist(client, bucket))) await create(client, bucket);
  await need('s3:PutObject', bucket, client.send(new PutObjectCommand({ Bucket: bucket, Key: probeKey, Body: 'ok' })));
  await need('s3:GetObject', bucket, read(client, bucket, probeKey));
}

/** Credentials without `s3:ListBucket` may still write: only a clear "not found" means that it is missing. */
async function mayExist(client: S3Client, bucket: string): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    const status = httpStatusOf(error);
    if (status === 404) return false;
    if (status === 403 || status === 301) return true;
    throw toObjectStoreError(error, `look at bucket "${bucket}"`);
  }
}

async function create(client: S3Client, bucket: string): Promise<void> {
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (error instanceof Error && error.name === 'BucketAlreadyOwnedByYou') return;
    await need('s3:CreateBucket', bucket, Promise.reject(error));
  }
}

async function read(client: S3Client, bucket: string, key: string): Promise<void> {
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await answer.Body?.transformToByteArray();
}

async function need(right: string, bucket: string, answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (httpStatusOf(error) !== 403) throw toObjectStoreError(error, `use bucket "${bucket}"`);
    throw new ObjectStoreError(
      'denied',
      right === 's3:CreateBucket'
        ? `Bucket "${bucket}" does not exist and the credentials may not create it: grant ${right}, or create the bucket and set S3_BUCKET to it.`
        : `The credentials may not use bucket "${bucket}": grant ${right} on it, or set S3_BUCKET to a bucket of yours.`,
      error,
    );
  }
}
