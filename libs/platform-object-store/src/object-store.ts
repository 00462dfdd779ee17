import type { Readable } from 'node:stream';

/** The values of `s3Settings`. */
export interface ObjectStoreConfig {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  objectKeyPrefix: string;
}

export interface ObjectFacts {
  bytes: number;
  contentType: string;
  /** As it was given when the object was stored; absent for objects that others stored. */
  sha256?: string;
}

/** What is stored once. */
export interface NewObject {
  key: string;
  bytes: Uint8Array;
  contentType: string;
  sha256: string;
  metadata?: Record<string, string>;
}

/** A part of an object: its first and its last byte, counted from 0. */
export interface ByteRange {
  first: number;
  last: number;
}

/** One bucket. Every method fails with an `ObjectStoreError`: at once where the store is not there, within half a minute where it is silent. */
export interface ObjectStore {
  /** Makes sure that the bucket exists and takes writes and reads; otherwise fails with the bucket and the missing right. */
  ensureBucket(): Promise<void>;
  /**
   * Stores an object once. The store checks the sha256. A repeat with the same bytes answers `exists`; other bytes under the
   * same key fail with `conflict` and change nothing. Where the store refuses it for seconds, and has nothing to show for it, it is stored all the same.
   */
  putIfAbsent(object: NewObject): Promise<'stored' | 'exists'>;
  put(object: { key: string; bytes: Uint8Array; contentType?: string }): Promise<void>;
  /** Undefined where there is no such object. One that is larger than `maxBytes` is not read, and fails with `too_large`. */
  get(key: string, options?: { maxBytes?: number }): Promise<Uint8Array | undefined>;
  /**
   * The bytes as they come, for what is too large to be held, and as slowly as they are read; destroy the body where it is not read. With a `range` those from its first to its last byte,
   * counted from 0. Undefined where there is no such object.
   */
  stream(
    key: string,
    options?: { range?: ByteRange | undefined },
  ): Promise<{ body: Readable; bytes: number } | undefined>;
  /** Undefined where there is no such object. */
  head(key: string): Promise<ObjectFacts | undefined>;
  /** Does nothing where there is no such object. */
  delete(key: string): Promise<void>;
  /** A signed address that downloads the object under a readable name. */
  presignDownload(download: {
    key: string;
    fileName: string;
    contentType: string;
    expiresSeconds: number;
  }): Promise<string>;
  /** Writes a tiny object and reads it back. */
  probe(): Promise<void>;
  close(): void;
}
