import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { attachmentDisposition } from './attachment-disposition.ts';
import { ensureBucket } from './ensure-bucket.ts';
import type { ObjectFacts, ObjectStore, ObjectStoreConfig } from './object-store.ts';
import { patientBody } from './patient-body.ts';
import { httpStatusOf, isMissingObject, ObjectStoreError, toObjectStoreError } from './object-store-error.ts';
import { storeOnce } from './store-once.ts';

const connectionTimeoutMs = 2_000;
/** Without a byte in either direction for this long, the request counts as lost. */
const idleTimeoutMs = 10_000;
const attempts = 2;
const maxSockets = 256;

/** Connects to one bucket of an S3-compatible store. Nothing is sent before the first method is called. */
export function createObjectStore(config: ObjectStoreConfig): ObjectStore {
  const { bucket: Bucket } = config;
  const client = createClient(config, { socketTimeout: idleTimeoutMs });
  // A connection on which nothing moves is not lost where the reader is slow: only its beginning is limited here, and what follows by `patientBody`.
  const streamingClient = createClient(config, {
    socketTimeout: 0,
    requestTimeout: idleTimeoutMs,
    throwOnRequestTimeout: true,
  });

  const head = async (key: string): Promise<ObjectFacts | undefined> => {
    try {
      const answer = await client.send(new HeadObjectCommand({ Bucket, Key: key }));
      const sha256 = answer.Metadata?.['sha256'];
      return {
        bytes: answer.ContentLength ?? 0,
        contentType: answer.ContentType ?? 'application/octet-stream',
        ...(sha256 !== undefined && { sha256 }),
      };
    } catch (error) {
      if (httpStatusOf(error) === 404) return undefined;
      throw toObjectStoreError(error, `look at an object in bucket "${Bucket}"`);
    }
  };

  const put: ObjectStore['put'] = async ({ key, bytes, contentType }) => {
    const object = { Bucket, Key: key, Body: bytes, ...(contentType !== undefined && { ContentType: contentType }) };
    await during(`write to bucket "${Bucket}"`, client.send(new PutObjectCommand(object)));
  };

  const get: ObjectStore['get'] = async (key, { maxBytes = Number.POSITIVE_INFINITY } = {}) => {
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key: key }));
      if ((answer.ContentLength ?? 0) > maxBytes) {
        if (answer.Body instanceof Readable) answer.Body.destroy();
        throw new ObjectStoreError('too_large', `An object in bucket "${Bucket}" is larger than ${maxBytes} bytes.`);
      }
      return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (isMissingObject(error)) return undefined;
      throw toObjectStoreError(error, `read from bucket "${Bucket}"`);
    }
  };

  const stream: ObjectStore['stream'] = async (key, { range } = {}) => {
    const part = range === undefined ? {} : { Range: `bytes=${range.first}-${range.last}` };
    try {
      const { Body, ContentLength } = await streamingClient.send(new GetObjectCommand({ Bucket, Key: key, ...part }));
      if (Body instanceof Readable) return { body: patientBody(Body, idleTimeoutMs), bytes: ContentLength ?? 0 };
      throw new ObjectStoreError('unavailable', `Bucket "${Bucket}" answered without a body.`);
    } catch (error) {
      if (isMissingObject(error)) return undefined;
      throw toObjectStoreError(error, `read from bucket "${Bucket}"`);
    }
  };

  const readProbe = async (): Promise<void> => {
    if (await get(probeKey)) return;
    throw new ObjectStoreError('unavailable', `Bucket "${Bucket}" does not give back what it took.`);
  };

  const probeKey = `${config.objectKeyPrefix}/.probe`;

  return {
    ensureBucket: () => ensureBucket({ client, bucket: Bucket, probeKey }),
    head,
    put,
    get,
    stream,
    putIfAbsent: (object) => storeOnce(object, { client, bucket: Bucket, head }),
    async delete(key) {
      try {
        await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
      } catch (error) {
        // What a store answers to the second of two who delete at the same time (versitygw does). Another 404 may be of somebody who is no store.
        if (error instanceof Error && error.name === 'NoSuchKey') return;
        throw toObjectStoreError(error, `delete from bucket "${Bucket}"`);
      }
    },
    presignDownload({ key, fileName, contentType, expiresSeconds }) {
      const command = new GetObjectCommand({
        Bucket,
        Key: key,
        ResponseContentDisposition: attachmentDisposition(fileName),
        ResponseContentType: contentType,
      });
      return getSignedUrl(client, command, { expiresIn: expiresSeconds });
    },
    async probe() {
      await put({ key: probeKey, bytes: Buffer.from('ok'), contentType: 'text/plain' });
      await readProbe();
    },
    close() {
      client.destroy();
      streamingClient.destroy();
    },
  };
}

interface ConnectionLimits {
  /** How long nothing may move on a connection, in milliseconds. 0: for ever. */
  socketTimeout: number;
  /** How long an answer may take to begin. */
  requestTimeout?: number;
  throwOnRequestTimeout?: boolean;
}

function createClient(config: ObjectStoreConfig, limits: ConnectionLimits): S3Client {
  return new S3Client({
    endpoint: config.endpoint,
    region: config.region,
    forcePathStyle: true,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      ...limits,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
  });
}

async function during<Answer>(doing: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw toObjectStoreError(error, doing);
  }
}
