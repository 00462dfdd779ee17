export { temporaryFilesSettings } from './temporary-files-settings.ts';
export { openTemporaryFiles } from './temporary-files.ts';
export type { NotRemoved, TemporaryFiles } from './temporary-files.ts';
export { tryLock } from './operating-system-lock.ts';
export type { OperatingSystemLock } from './operating-system-lock.ts';
