export { s3Settings } from './s3-settings.ts';
export { createObjectStore } from './create-object-store.ts';
export type { ByteRange, ObjectStore, ObjectStoreConfig, ObjectFacts } from './object-store.ts';
export { isObjectStoreError, ObjectStoreError } from './object-store-error.ts';
export type { ObjectStoreErrorCode } from './object-store-error.ts';
