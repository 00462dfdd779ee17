import { resolve } from 'node:path';

/** The folder that holds the whole workspace. */
export const workspaceRoot = resolve(import.meta.dirname, '../../..');
