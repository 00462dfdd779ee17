import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageFormat } from '../drawing/draw-image.ts';
import { hasErrorCode } from '../error-code.ts';

/** A video's bytes with what they claim to be. */
export interface VideoFile {
  readonly bytes: Buffer;
  readonly mimeType: 'video/mp4';
}

/** What can be put on the shelf. */
export type ShelfFile = VideoFile | { readonly bytes: Buffer; readonly mimeType: `image/${ImageFormat}` };

/** What a request for a file comes to. */
export type ShelfAnswer =
  | { readonly status: 'found'; readonly bytes: Buffer; readonly mimeType: string }
  | { readonly status: 'expired' | 'missing' };

const lifetimeMilliseconds = 60 * 60 * 1000;
const namePattern = /^(?<expiresAt>\d+)-[0-9a-f-]{36}\.(?<format>png|jpeg|webp|mp4)$/;

/** Files that answers point to by URL, for an hour, as providers keep them. The expiry is part of the name. */
export class FileShelf {
  readonly #directory: string;
  readonly #prompts = new Map<string, string>();

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(directory: string): Promise<FileShelf> {
    await mkdir(directory, { recursive: true });
    const expired = (await readdir(directory)).filter((name) => isExpired(name));
    await Promise.all(expired.map((name) => rm(join(directory, name))));
    return new FileShelf(directory);
  }

  /** Puts a file on the shelf and returns its path on this server. The prompt lets plans find its downloads. */
  async put({ bytes, mimeType }: ShelfFile, prompt?: string): Promise<string> {
    const name = nameOf(mimeType, Date.now() + lifetimeMilliseconds);
    await writeFile(join(this.#directory, name), bytes);
    const path = `/files/${name}`;
    if (prompt !== undefined) this.#prompts.set(path, prompt);
    return path;
  }

  /** The prompt of a file that was put here since the start. */
  promptOf(path: string): string | undefined {
    return this.#prompts.get(path);
  }

  /** A path whose time is over (403), or that never was (404). */
  deadPath(status: 403 | 404): string {
    return `/files/${nameOf('image/png', Date.now() + (status === 403 ? -1000 : lifetimeMilliseconds))}`;
  }

  async find(name: string): Promise<ShelfAnswer> {
    const format = namePattern.exec(name)?.groups?.['format'];
    if (format === undefined) return { status: 'missing' };
    if (isExpired(name)) return { status: 'expired' };
    try {
      return { status: 'found', bytes: await readFile(join(this.#directory, name)), mimeType: mimeTypeOf(format) };
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT')) return { status: 'missing' };
      throw error;
    }
  }
}

function nameOf(mimeType: ShelfFile['mimeType'], expiresAt: number): string {
  return `${expiresAt}-${randomUUID()}.${mimeType.split('/')[1]}`;
}

function mimeTypeOf(format: string): string {
  return format === 'mp4' ? 'video/mp4' : `image/${format}`;
}

function isExpired(name: string): boolean {
  const expiresAt = namePattern.exec(name)?.groups?.['expiresAt'];
  return expiresAt !== undefined && Number(expiresAt) < Date.now();
}
