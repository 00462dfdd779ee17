/** Where artifacts go and uploads are. Every method fails within seconds where the store does not answer. */
export interface ObjectStore {
  /** Stores an object once; a repeat with the same bytes answers `exists`, other bytes under the same key are an error whose `code` is `conflict`. */
  putIfAbsent(object: {
    key: string;
    bytes: Uint8Array;
    contentType: string;
    sha256: string;
  }): Promise<'stored' | 'exists'>;
  /** Undefined where there is no such object. One that is larger is not read: it fails with an error whose `code` is `too_large`. */
  get(key: string, options: { maxBytes: number }): Promise<Uint8Array | undefined>;
  /** Writes a tiny object, to see whether storage takes writes. */
  probe(): Promise<void>;
}
