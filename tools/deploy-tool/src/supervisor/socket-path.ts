import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The kernel's limit for the address of a Unix socket is 107 bytes on Linux and 103 on macOS. */
const longestAddressBytes = 100;

/** Where the supervisor of a data directory listens: in the directory, or, where that path is too long, in a private one. */
export function socketPath(dataDirectory: string): string {
  const usual = join(dataDirectory, 'supervisor.sock');
  if (Buffer.byteLength(usual) <= longestAddressBytes) return usual;
  const directory = join(tmpdir(), `darkroom-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16)}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(directory);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new Error(`${directory} is open to other users. Remove it, or set DARKROOM_DATA_DIR to a shorter path.`);
  }
  return join(directory, 'supervisor.sock');
}
