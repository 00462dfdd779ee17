import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';

/** A file of an archive. */
export interface ZipEntry {
  name: string;
  content: Buffer;
  modifiedAt: Date;
}

/** Unpacks an archive with a program that is not the one that made it; fails where it is broken. */
export async function readZip(zip: Buffer): Promise<ZipEntry[]> {
  const archive = await fromBufferPromise(zip);
  const entries: ZipEntry[] = [];
  for await (const entry of archive.eachEntry()) {
    const content = await buffer(await archive.openReadStreamPromise(entry));
    if (crc32(content) !== entry.crc32) throw new Error(`${entry.fileName} is not what its checksum says.`);
    entries.push({ name: entry.fileName, content, modifiedAt: entry.getLastModDate() });
  }
  return entries;
}
