/** Where artifacts go. Both methods fail within seconds where the store does not answer. */
export interface ObjectStore {
  /** Stores an object once; a repeat with the same bytes answers `exists`, other bytes under the same key are an error. */
  putIfAbsent(object: {
    key: string;
    bytes: Uint8Array;
    contentType: string;
    sha256: string;
  }): Promise<'stored' | 'exists'>;
  /** Writes a tiny object, to see whether storage takes writes. */
  probe(): Promise<void>;
}
