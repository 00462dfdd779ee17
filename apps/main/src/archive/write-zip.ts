import type { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file to be put into an archive. */
export interface FileToArchive {
  /** Unique in the archive. */
  name: string;
  bytes: number;
  modifiedAt: Date;
  /** Called when its turn has come. */
  open: () => Promise<Readable>;
}

/**
 * A ZIP of files as they come, stored and not compressed: images and videos are compressed already. It holds a few pieces of one file in memory, and a line for
 * each file. A fault ends it with that error; destroying it stops the reading.
 */
export function writeZip(files: AsyncIterable<FileToArchive>): Readable {
  const zip = new ZipFile();
  const archive = zip.outputStream as PassThrough;
  const fail = (error: Error) => void archive.destroy(error);
  zip.on('error', fail);
  addEach(zip, archive, files).catch(fail);
  return archive;
}

async function addEach(zip: ZipFile, archive: PassThrough, files: AsyncIterable<FileToArchive>): Promise<void> {
  for await (const { name, bytes, modifiedAt, open } of files) {
    const body = await open();
    const stop = () => body.destroy();
    archive.once('close', stop);
    if (archive.destroyed) stop();
    else zip.addReadStreamLazy(name, { size: bytes, mtime: modifiedAt, compress: false }, giveOnce(body));
    await finished(body);
    archive.off('close', stop);
  }
  zip.end();
}

/** The library keeps what it was given until the archive ends: not the body of each file with it. */
function giveOnce(body: Readable): (take: (fault: unknown, body: Readable) => void) => void {
  const bodies = [body];
  return (take) => bodies.splice(0).forEach((given) => take(undefined, given));
}
