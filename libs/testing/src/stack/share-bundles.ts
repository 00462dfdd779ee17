import { mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bundles = 'workflow-bundles';

/** A TEMP_DIR whose workflow bundles outlive a test file. Nobody removes it: a bundle that nobody takes goes by itself. */
export const sharedTemporaryDirectory = join(tmpdir(), 'darkroom-test-bundles');

/**
 * Lets a worker with this TEMP_DIR take the workflow bundles that other tests of this machine have made. It takes one only where every source
 * of it has the same content; without this, the worker of every test file bundles all its workflows anew.
 */
export function shareBundles(temporaryDirectory: string): void {
  const shared = join(sharedTemporaryDirectory, bundles);
  for (const directory of [shared, temporaryDirectory]) mkdirSync(directory, { recursive: true });
  symlinkSync(shared, join(temporaryDirectory, bundles));
}
