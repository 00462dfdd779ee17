import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const readBytes = 64 * 1024;

/** The end of what a log file holds after a position, without its last line break. Nothing where there is no file. */
export function lastLines(path: string, count: number, position = 0): string[] {
  const text = readEnd(path, position);
  return text === '' ? [] : text.replace(/\n$/, '').split('\n').slice(-count);
}

function readEnd(path: string, position: number): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.max(0, Math.min(size - position, readBytes)));
    const read = readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8', 0, read);
  } finally {
    closeSync(file);
  }
}
