import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { readZip } from '@darkroom/testing';
import { type FileToArchive, writeZip } from './write-zip.ts';

const modifiedAt = new Date('2026-11-28T12:34:56Z');
const kilobyte = Buffer.alloc(1024, 'x');

test('holds every file under its name, byte for byte, however many pieces it came in', async () => {
  const entries = await readZip(
    await buffer(writeZip(list([file('a.txt', 'one', 'two'), file('灯塔-é.png', 'x'), file('empty.bin')]))),
  );

  expect(entries.map(({ name, content }) => [name, content.toString()])).toEqual([
    ['a.txt', 'onetwo'],
    ['灯塔-é.png', 'x'],
    ['empty.bin', ''],
  ]);
  expect(entries[0]?.modifiedAt).toEqual(modifiedAt);
});

test('nothing is an archive too', async () => {
  expect(await readZip(await buffer(writeZip(list([]))))).toEqual([]);
});

test('reads no further ahead than a few pieces, however large the file, and one file at a time', async () => {
  const [pieces, piece] = [256, Buffer.alloc(64 * 1024, 'x')];
  let [given, taken, mostAhead, opened, mostOpened] = [0, 0, 0, 0, 0];
  function* read() {
    mostOpened = Math.max(mostOpened, (opened += 1));
    for (let count = 0; count < pieces; count += 1) {
      given += piece.length;
      yield piece;
    }
    opened -= 1;
  }
  const large = (name: string) => ({ ...file(name), bytes: pieces * piece.length, open: () => readable(read()) });
  for await (const { length } of writeZip(list([large('1.mp4'), large('2.mp4')]))) {
    taken += Number(length);
    mostAhead = Math.max(mostAhead, given - taken);
  }

  expect(given).toBe(2 * pieces * piece.length);
  expect(mostAhead).toBeLessThan(2 * 1024 ** 2);
  expect(mostOpened).toBe(1);
});

test('a reader that leaves ends the reading of the file, and opens no other', async () => {
  let wasOpened = false;
  const endless = Readable.from(endlessly());
  const later = () => {
    wasOpened = true;
    return readable([]);
  };
  const files = list([
    { ...file('endless'), open: () => Promise.resolve(endless) },
    { ...file('later'), open: later },
  ]);
  const closed = once(endless, 'close');
  for await (const piece of writeZip(files)) if (piece !== undefined) break;

  await closed;
  await new Promise(setImmediate);
  expect(wasOpened).toBe(false);
});

test.each([
  ['cannot be opened', () => Promise.reject(new Error('storage is away'))],
  ['breaks off', () => readable(breaking())],
])('a file that %s ends the archive with its error', async (_what, open) => {
  await expect(buffer(writeZip(list([file('whole', 'x'), { ...file('broken'), open }])))).rejects.toThrow(
    'storage is away',
  );
});

test('a file that is not as long as it is said to be is no part of a whole archive', async () => {
  await expect(buffer(writeZip(list([{ ...file('short', 'x'), bytes: 2 }])))).rejects.toThrow(/number of bytes/);
});

function file(name: string, ...pieces: string[]): FileToArchive {
  const bytes = Buffer.byteLength(pieces.join(''));
  return { name, bytes, modifiedAt, open: () => readable(pieces.map((piece) => Buffer.from(piece))) };
}

const readable = (pieces: Iterable<Buffer>) => Promise.resolve(Readable.from(pieces));

async function* list(files: FileToArchive[]): AsyncGenerator<FileToArchive> {
  for (const each of files) yield await Promise.resolve(each);
}

function* endlessly() {
  for (;;) yield kilobyte;
}

function* breaking() {
  yield kilobyte;
  throw new Error('storage is away');
}
